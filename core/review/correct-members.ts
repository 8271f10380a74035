import { InputError } from '../input-error.ts';
import { isObject, own } from '../schema/json.ts';
import { readJson } from '../schema/json-text.ts';
import { defaultLimits } from '../schema/limits.ts';
import type { Position } from '../schema/position.ts';
import type { ReadText } from '../schema/read-text.ts';
import { readYaml } from '../schema/yaml-text.ts';
import { applyEdit, type LineEdit } from './line-edit.ts';

/** A member of a migration file that says something else than it should. */
export interface WrongMember {
  readonly member: 'schema' | 'from' | 'to';
  readonly written: string;
  readonly right: string;
}

/** Members further apart are no one edit any more. */
const mostLines = 10;

/** The lines of a migration file that say what is wrong, corrected; undefined when no edit of whole lines does just that. */
export function correctMembers(
  file: { path: string; text: string },
  wrong: readonly WrongMember[],
): LineEdit | undefined {
  const before = read(file);
  const lines = file.text.split('\n');
  const places = wrong.map(({ member }) => before?.position(`/${member}`)?.line);
  const known = places.filter((line) => line !== undefined);
  if (known.length === 0 || known.length < wrong.length) return undefined;
  for (const [at, { written, right }] of wrong.entries()) {
    const line = (places[at] ?? 0) - 1;
    const text = lines[line] ?? '';
    const found = text.lastIndexOf(written);
    if (found < 0) return undefined;
    lines[line] = text.slice(0, found) + right + text.slice(found + written.length);
  }
  const [firstLine, lastLine] = [Math.min(...known), Math.max(...known)];
  const edit = { firstLine, lastLine, text: lines.slice(firstLine - 1, lastLine).join('\n') };
  const after = read({ ...file, text: applyEdit(file.text, edit) })?.value;
  const isRight =
    after !== undefined && isObject(after) && wrong.every(({ member, right }) => own(after, member) === right);
  return isRight && lastLine - firstLine < mostLines ? edit : undefined;
}

/** Where a member stands; undefined where the file does not have it. */
export function placeOfMember(
  file: { path: string; text: string },
  member: WrongMember['member'],
): Position | undefined {
  return read(file)?.position(`/${member}`);
}

function read({ path, text }: { path: string; text: string }): ReadText | undefined {
  try {
    return path.endsWith('.json') ? readJson(path, text) : readYaml(path, text, defaultLimits);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
