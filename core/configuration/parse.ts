import { Ajv, type ErrorObject } from 'ajv';
import { LineCounter, parseDocument } from 'yaml';
import type { Problem } from '../review/review.ts';
import { isDeeperThan } from '../schema/yaml-depth.ts';
import type { Configuration } from './configuration.ts';
import { crossChecks } from './cross-checks.ts';
import { defaultConfiguration } from './defaults.ts';
import { explain } from './explain.ts';
import { fillDefaults, type WrittenConfiguration } from './fill-defaults.ts';
import { placeIn } from './place.ts';
import { configurationSchema } from './schema.ts';
import { soundParts } from './sound-parts.ts';

export type ParsedConfiguration = { readonly configuration: Configuration } | { readonly problems: readonly Problem[] };

const longestFile = 256 * 1024;
const deepestFile = 100;
const sections = Object.keys(configurationSchema.properties);
const isConfiguration = new Ajv({ allErrors: true, verbose: true, strict: false }).compile<WrittenConfiguration>(
  configurationSchema,
);

/**
 * Reads `.github/sluice.yml`, or answers with the defaults when there is none. Reports everything that is wrong at once.
 * @param file path and text, or undefined when the repository has no such file
 */
export function parseConfiguration(file: { path: string; text: string } | undefined): ParsedConfiguration {
  if (file === undefined) return { configuration: defaultConfiguration };
  const { path, text } = file;
  if (text.length > longestFile) {
    return {
      problems: [{ place: { path }, problem: 'The configuration is longer than 256 KiB', remedy: 'Shorten it.' }],
    };
  }
  if (isDeeperThan(deepestFile, text)) {
    return {
      problems: [
        {
          place: { path },
          problem: `The configuration is nested more than ${deepestFile} deep`,
          remedy: 'Make it flatter.',
        },
      ],
    };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true, merge: false });
  const unreadable = [...document.errors, ...document.warnings];
  if (unreadable.length > 0) {
    return {
      problems: unreadable.map((error) => {
        const { line, col } = lines.linePos(error.pos[0]);
        return { place: { path, line, column: col }, problem: withoutStop(error.message), remedy: 'Mend the YAML.' };
      }),
    };
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 }) ?? {};
  } catch {
    return {
      problems: [{ place: { path }, problem: 'Its aliases cannot be followed', remedy: 'Write it without aliases.' }],
    };
  }
  const locate = (segments: readonly string[], key?: string) => ({ path, ...placeIn(document, lines, segments, key) });
  if (!isConfiguration(value)) {
    const errors = withoutEchoes(isConfiguration.errors ?? []);
    const problems = errors.map((error) => explain(error, locate));
    return { problems: inOrder([...problems, ...crossChecks(soundParts(value, errors, sections), locate)]) };
  }
  const problems = crossChecks(value, locate);
  return problems.length > 0 ? { problems: inOrder(problems) } : { configuration: fillDefaults(value) };
}

/**
 * `propertyNames` reports twice: the name's own fault, which says nothing of the name, and the name. `if` adds that one of its branches
 * was not met, which reported why.
 */
function withoutEchoes(errors: readonly ErrorObject[]): ErrorObject[] {
  return errors.filter((error) => error.propertyName === undefined && error.keyword !== 'if');
}

function inOrder(problems: Problem[]): Problem[] {
  return problems.sort(
    (a, b) => (a.place.line ?? 0) - (b.place.line ?? 0) || (a.place.column ?? 0) - (b.place.column ?? 0),
  );
}

function withoutStop(message: string): string {
  return message.replace(/\.$/, '');
}
