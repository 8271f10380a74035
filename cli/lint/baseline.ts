import { readFile, writeFile } from 'node:fs/promises';
import { InputError } from '../../core/input-error.ts';
import { isObject, type Json } from '../../core/schema/json.ts';
import type { Finding } from '../../core/sql/finding.ts';
import { readError } from '../read-error.ts';
import { utf8Text } from '../utf8-text.ts';

/** A baseline file: accepted findings, by fingerprint, with where they were for a person to read. */
interface Baseline {
  readonly accepted: readonly { readonly fingerprint: string; readonly rule: string; readonly path: string }[];
}

const remedy = 'Make it with --write-baseline';

/** The fingerprints that are accepted. Throws `InputError` when the file is missing, is no UTF-8 text or is no baseline. */
export async function readBaseline(path: string): Promise<ReadonlySet<string>> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw readError(error, path);
  });
  const accepted = acceptedIn(utf8Text(bytes, path));
  if (accepted === undefined) throw new InputError('The file is no baseline', { remedy, place: { path } });
  return new Set(accepted);
}

function acceptedIn(text: string): string[] | undefined {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
  if (!isObject(value) || !Array.isArray(value['accepted'])) return undefined;
  const fingerprints = value['accepted'].map((each) => (isObject(each) ? each['fingerprint'] : undefined));
  return fingerprints.every((each) => typeof each === 'string') ? fingerprints : undefined;
}

/** Throws `InputError` when the file cannot be written. */
export async function writeBaseline(path: string, findings: readonly Finding[]): Promise<void> {
  const accepted = findings.map(({ fingerprint, rule, place }) => ({ fingerprint, rule, path: place.path }));
  const baseline: Baseline = { accepted };
  await writeFile(path, `${JSON.stringify(baseline, null, 2)}\n`).catch((cause: unknown) => {
    throw new InputError('This file cannot be written', {
      remedy: 'Give a path in a folder that is there and that you can write to',
      place: { path },
      cause,
    });
  });
}
