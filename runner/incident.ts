import { stateTable } from '../core/migration/states.ts';
import type { Incident, Run, RunError } from '../registry/runs/run.ts';

/** What a failure was, for those who have to understand it later. `at`: ISO 8601. */
export function incidentOf(run: Run, error: RunError, at: string): Incident {
  const { progress } = run;
  const { cause, steps } = explain(error, run.id);
  return {
    error,
    at,
    state: run.state,
    step: run.step ?? stateTable[run.state].meaning,
    records: progress?.records ?? 0,
    total: progress?.total ?? 0,
    // A text key may be somebody's name.
    keys:
      error.key !== undefined && /^([0-9]+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.test(error.key)
        ? [error.key]
        : [],
    likelyCause: cause,
    // What the error itself advises is closer to it, so it comes first.
    nextSteps: [...(error.remedy === undefined || error.key !== undefined ? [] : [error.remedy]), ...steps],
  };
}

interface Explanation {
  readonly cause: string;
  readonly steps: readonly string[];
}

function explain({ code }: RunError, id: string): Explanation {
  const again = `Then order the run again: \`sluice retry ${id}\`.`;
  switch (code) {
    case 'unconvertible-record':
    case 'invalid-record':
    case 'too-many-invalid':
      return {
        cause:
          'The table holds records that the old schema does not describe, or the migration does not deal with all that it does.',
        steps: [
          'Look at the record by its key, in the table: it is as it was.',
          'Correct the records, or have a migration approved that deals with them or sets them aside (`invalid: quarantine …`).',
          again,
        ],
      };
    case 'not-approved':
    case 'refuted':
    case 'nothing-to-run':
    case 'bad-input':
      return {
        cause: 'What would run is not what was approved, or cannot be read.',
        steps: ['Nothing was touched. Merge a pull request that is approved as it is.'],
      };
    case 'check-failed':
    case 'table-gone':
    case 'no-database':
      return {
        cause: 'The database, the table or the rights of the role are not as the run needs them.',
        steps: [again],
      };
    case 'wrong-version':
      return { cause: 'A run before this one has failed, was called off or was taken back.', steps: [] };
    case 'no-room':
      return { cause: 'The table has grown, or something else has filled the disk.', steps: [again] };
    case 'lock-not-granted':
      return {
        cause: 'Transactions of the application held the table for as long as the run waited.',
        steps: ['Look for sessions that stay in a transaction: pg_stat_activity, by xact_start.', again],
      };
    case 'catalog-differs':
    case 'record-differs':
      return {
        cause: 'The table was altered during the run, or Sluice has an error.',
        steps: ['The table in use was never touched. If nobody altered it, please report this.', again],
      };
    default:
      return explainSqlState(code, again);
  }
}

function explainSqlState(code: string, again: string): Explanation {
  if (code.startsWith('23')) {
    return { cause: 'A constraint of the table does not fit what the migration makes of a record.', steps: [again] };
  }
  if (code.startsWith('42501')) return { cause: 'The role of the runner lacks a right.', steps: ['Grant it.', again] };
  if (code === '53100')
    return { cause: 'The copy of the table did not fit on the disk of the database.', steps: [again] };
  if (code.startsWith('53')) return { cause: 'The server ran out of disk, memory or connections.', steps: [again] };
  return { cause: 'Not known.', steps: ['Look at the log of the runner and of the database at that time.', again] };
}
