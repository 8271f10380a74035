import { DatabaseError } from 'pg';
import { InputError } from '../core/input-error.ts';
import type { RunError } from '../registry/runs/run.ts';
import { CatalogDiffers } from './databases/postgres/exchange.ts';
import { Fenced } from './databases/postgres/ledger.ts';
import { RecordRefused } from './passage.ts';

/** A step found that the run cannot go on; nothing is wrong with Sluice. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';
  readonly code: string;
  readonly remedy: string;
  constructor(code: string, message: string, remedy: string) {
    super(message);
    this.code = code;
    this.remedy = remedy;
  }
}

/**
 * SQLSTATE classes and codes after which the same statement may succeed: connection, resources, locks, shutdown, and a session
 * that was left in a failed transaction. Not a full disk (53100): it is the copy that fills it, and only dropping the copy helps.
 */
const transient = /^(08...|53(?!100)...|57P0[1-5]|40...|55P03|57014|25P0[1-4])$/;
const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTCONN',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_PREMATURE_CLOSE',
]);

/** Whether it is worth trying again. A rollback has happened in any case. */
export function isTransient(error: unknown): boolean {
  if (error instanceof DatabaseError) return transient.test(error.code ?? '');
  if (!(error instanceof Error) || error instanceof Fenced) return false;
  const { code } = error as NodeJS.ErrnoException;
  if (code !== undefined && connectionCodes.has(code)) return true;
  // pg has no code for these.
  return /^(Connection terminated|Client has encountered a connection error|timeout e(xpired|xceeded)|Client was closed|Received unexpected \w+ message|Cannot use a pool after calling end)/.test(
    error.message,
  );
}

/** For the registry and for people: never a value of a record, an address or a password. */
export function describeError(error: unknown): RunError {
  if (error instanceof RecordRefused) {
    const { key, refusal, when } = error;
    const verb = when === 'converting' ? 'cannot be converted' : 'would not be valid under the new version';
    return {
      code: when === 'converting' ? 'unconvertible-record' : 'invalid-record',
      message: `The record ${key} ${verb}: ${refusal.pointer === '' ? 'it' : refusal.pointer} ${refusal.reason}.`,
      remedy: 'Correct the record, or the migration file, and merge again.',
      key,
      pointer: refusal.pointer,
    };
  }
  if (error instanceof StepFailed) return { code: error.code, message: error.message, remedy: error.remedy };
  if (error instanceof InputError) return { code: 'bad-input', message: error.problem, remedy: error.remedy };
  if (error instanceof CatalogDiffers) {
    return {
      code: 'catalog-differs',
      message: `The new table would differ from the old one: ${error.lines.join('; ')}`,
      remedy: 'Nothing was changed. Do not alter the table during a run; if nobody did, please report it.',
    };
  }
  if (error instanceof DatabaseError) {
    if (error.code?.startsWith('23') && error.constraint !== undefined)
      return describeViolation(error, error.constraint);
    if (error.code === '53100') {
      return {
        code: error.code,
        message: 'The disk of the database is full. What the run had made is dropped, which gives its room back.',
        remedy: 'Make room for a second copy of the table with its indexes, and for the log of writing it.',
      };
    }
    return {
      code: error.code ?? 'database',
      message: databaseMessage(error),
      remedy: 'See the SQLSTATE in the documentation of PostgreSQL.',
    };
  }
  const { code } = error as NodeJS.ErrnoException;
  if (isTransient(error)) {
    return {
      code: typeof code === 'string' ? code : 'connection',
      message: `The connection to the database was lost, or there is none${typeof code === 'string' ? ` (${code})` : ''}.`,
      remedy: 'See that the database is up and can be reached from here.',
    };
  }
  return {
    code: typeof code === 'string' ? code : 'internal',
    message: internalMessage(error),
    remedy: 'Look at the log of the runner.',
  };
}

/** A constraint of the table refuses what a record becomes. Which record is in DETAIL, with all its values. */
function describeViolation({ code = 'database', table }: DatabaseError, constraint: string): RunError {
  return {
    code,
    message: `The constraint ${constraint}${table === undefined ? '' : ` of the table ${table}`} refuses a record as the migration makes it.`,
    remedy:
      'Change the migration file so that what it makes meets the constraint, or change the constraint in the database; then merge again.',
  };
}

/** DETAIL, HINT and CONTEXT carry values; so do the messages of class 22 (data), which quote what they could not read. */
function databaseMessage(error: DatabaseError): string {
  const code = error.code ?? '';
  // Raised by somebody's own function, with whatever it put into the text.
  if (code.startsWith('P0')) return 'A function in the database raised an error.';
  if (code.startsWith('22')) return 'The database could not convert a value.';
  if (code === '28P01' || code === '28000') return 'The database refused the role or its password.';
  if (code === '3D000') return 'There is no such database on the server.';
  const place = [error.table, error.column, error.constraint].filter((name) => name !== undefined).join('.');
  return `${error.message}${place === '' ? '' : ` (${place})`}`;
}

function internalMessage(error: unknown): string {
  return error instanceof Error ? `${error.name}: an internal error.` : 'An internal error.';
}
