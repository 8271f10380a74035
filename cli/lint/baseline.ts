import { readFile, writeFile } from 'node:fs/promises';
import { InputError } from '../../core/input-error.ts';
import type { Finding } from '../../core/sql/finding.ts';

/** A baseline file: accepted findings, by fingerprint, with where they were for a person to read. */
interface Baseline {
  readonly accepted: readonly { readonly fingerprint: string; readonly rule: string; readonly path: string }[];
}

/** @throws InputError when the file is missing or is no baseline */
export async function readBaseline(path: string): Promise<ReadonlySet<string>> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new InputError(`There is no file ${path}`, { remedy: 'Make it with --write-baseline.', cause });
  });
  try {
    const { accepted } = JSON.parse(text) as Baseline;
    return new Set(accepted.map(({ fingerprint }) => fingerprint));
  } catch (cause) {
    throw new InputError('The file is no baseline', {
      remedy: 'Make it with --write-baseline.',
      place: { path },
      cause,
    });
  }
}

export async function writeBaseline(path: string, findings: readonly Finding[]): Promise<void> {
  const accepted = findings.map(({ fingerprint, rule, place }) => ({ fingerprint, rule, path: place.path }));
  const baseline: Baseline = { accepted };
  await writeFile(path, `${JSON.stringify(baseline, null, 2)}\n`);
}
