import { hostname } from 'node:os';

let lanes = 0;

/** A name for one that copies, as the ledger shows it to people; no two are the same. */
export function holderName(): string {
  lanes += 1;
  return `${hostname()}:${process.pid}/${lanes}`;
}
