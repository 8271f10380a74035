import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { check_compat, initSync } from 'jsoncompat';
import type { Answer, Peer } from '../tool.ts';

const program = createRequire(import.meta.url).resolve('jsoncompat/jsoncompat_wasm_bg.wasm');
initSync({ module: readFileSync(program) });

export const jsoncompat: Peer = (row) => ({ backward: compare(row.old, row.new), forward: compare(row.new, row.old) });

/** A reader of the new version must read what the old one allowed. */
function compare(old: unknown, next: unknown): Answer {
  try {
    return check_compat(JSON.stringify(old), JSON.stringify(next), 'deserializer') ? 'compatible' : 'breaking';
  } catch {
    return 'none';
  }
}
