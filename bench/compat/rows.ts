import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Row } from './tool.ts';

/** All pairs of a folder of JSON Lines files; the file's name is the set's. */
export function readRows(folder: string): Row[] {
  if (!existsSync(folder)) throw new Error(`${folder} is not there: give the folder that holds the pairs`);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .flatMap((name) =>
      readFileSync(join(folder, name), 'utf8')
        .trim()
        .split('\n')
        .map((line) => readRow(line, name)),
    );
}

interface Written {
  readonly id: string;
  readonly draft: string;
  readonly old: unknown;
  readonly new: unknown;
  readonly backward?: boolean | null;
  readonly forward?: boolean | null;
  readonly format_assert?: boolean;
  readonly optional?: boolean;
  readonly remote?: boolean;
  readonly check?: string;
}

function readRow(line: string, file: string): Row {
  const row = JSON.parse(line) as Written;
  // In draft 07 a validator may look into encoded content; Sluice, like ajv and all later drafts, takes content* for annotations.
  const isDisputed = row.check?.startsWith('disputed') === true || row.id.includes('/optional/content#');
  return {
    id: row.id,
    set: basename(file, '.jsonl'),
    draft: row.draft,
    old: row.old,
    new: row.new,
    backward: row.backward ?? null,
    forward: row.forward ?? null,
    formatAssertion: row.format_assert === true,
    isAside: isDisputed || row.optional === true || row.remote === true,
    isDisputed,
  };
}
