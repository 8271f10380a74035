import { AssertionError } from 'node:assert';
import { validateSchemaCompatibility } from 'json-schema-diff-validator';
import type { SchemaDocument } from '../schema/document.ts';
import { isObject, type Json, own } from '../schema/json.ts';
import type { Change } from './change.ts';
import type { ChangeKind } from './change-kind.ts';

const alternative = 'Leave what is there, and add beside it.';

export const appendOnly: ChangeKind = {
  id: 'append-only-violated',
  mirror: 'append-only-violated',
  alternative: () => alternative,
};

/** What says which version a file is must differ, or no file could ever change. */
const versionMembers = new Set(['version', '$id', 'id', 'self', '$schema']);

/**
 * The mode APPEND_ONLY: no node of the old file may be removed or replaced, and nothing but properties and definitions may come. The
 * rule is json-schema-diff-validator's; it looks at the text alone, so its findings have no witness and count as breaking.
 */
export function violationsOfAppendOnly(oldDocument: SchemaDocument, newDocument: SchemaDocument): Change[] {
  return operations(withoutVersion(oldDocument.value), withoutVersion(newDocument.value)).map(({ op, path }) => {
    const side = op === 'add' ? 'new' : 'old';
    const document = side === 'new' ? newDocument : oldDocument;
    const reason = 'APPEND_ONLY forbids it, whatever it does to documents';
    const verdict = { verdict: 'undecided', reason, pointer: path } as const;
    return {
      kind: appendOnly.id,
      pointer: path,
      side,
      path: document.path,
      line: document.locate(path).line,
      subject: path,
      summary: { add: 'added', remove: 'removed', replace: 'replaced', move: 'moved' }[op],
      backward: verdict,
      forward: verdict,
      breaks: 'the rule that files only grow',
      alternative,
    };
  });
}

interface Operation {
  readonly op: 'add' | 'remove' | 'replace' | 'move';
  readonly path: string;
}

/** The validator has no result but an assertion whose message ends in the operations. */
function operations(before: Json, after: Json): Operation[] {
  if (!isObject(before) || !isObject(after)) return before === after ? [] : [{ op: 'replace', path: '' }];
  try {
    validateSchemaCompatibility(before, after);
    return [];
  } catch (error) {
    if (!(error instanceof AssertionError)) throw error;
    const [, written = '[]'] = / = (\[.*\])/.exec(error.message) ?? [];
    const list = JSON.parse(written) as Operation[];
    return list.filter(({ op, path }, at) => list.findIndex((other) => other.op === op && other.path === path) === at);
  }
}

function withoutVersion(schema: Json): Json {
  if (!isObject(schema)) return schema;
  const names = Object.keys(schema).filter((name) => !versionMembers.has(name));
  return Object.fromEntries(names.map((name) => [name, own(schema, name) ?? null]));
}
