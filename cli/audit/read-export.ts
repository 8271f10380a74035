import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { AuditEvent } from '../../core/audit/event.ts';
import { InputError } from '../../core/input-error.ts';
import { isObject, type Json, own } from '../../core/schema/json.ts';

const texts = ['at', 'kind', 'repository', 'actor', 'subject', 'previous', 'hash'] as const;

/** Events of a file that `sluice audit export --format jsonl` wrote, one in memory at a time. Throws `InputError` when it is something else. */
export async function* readExport(path: string): AsyncGenerator<AuditEvent> {
  const file = createReadStream(path);
  let line = 0;
  try {
    for await (const text of createInterface({ input: file, crlfDelay: Number.POSITIVE_INFINITY })) {
      line += 1;
      if (text.trim() === '') continue;
      yield parseLine(text, { path, line });
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof InputError || code === undefined) throw error;
    throw new InputError(`cannot be read (${code})`, { place: { path }, remedy: 'Name a file that can be read.' });
  } finally {
    file.destroy();
  }
}

function parseLine(text: string, place: { path: string; line: number }): AuditEvent {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    value = null;
  }
  const sequence = isObject(value) ? own(value, 'sequence') : undefined;
  if (
    !isObject(value) ||
    typeof sequence !== 'number' ||
    !Object.hasOwn(value, 'data') ||
    texts.some((name) => typeof own(value, name) !== 'string')
  ) {
    throw new InputError('is no event of an audit trail', {
      place,
      remedy: 'Give it a file that `sluice audit export --format jsonl` wrote.',
    });
  }
  return value as unknown as AuditEvent;
}
