import { readMigration } from '../core/migration/read-migration.ts';
import { reviewSchema } from '../core/review/review-schema.ts';
import { currentApproval } from '../registry/approvals.ts';
import type { Database } from '../registry/database.ts';
import type { RunOrder } from '../registry/runs/order.ts';
import type { RunError } from '../registry/runs/run.ts';

/**
 * Whether what would run is what was approved. Believes neither the queue nor the run's own fingerprint: the change is reviewed
 * again from the texts of the order, and the approval of the pull request must hold exactly that. Undefined: it does.
 */
export async function verifyOrder(db: Database, order: RunOrder): Promise<RunError | undefined> {
  const { review, problems } = await reviewAgain(order);
  const [problem] = problems;
  if (problem !== undefined) return { code: 'bad-input', message: problem.problem, remedy: problem.remedy };
  if (review === undefined || review.migration.status !== 'given') {
    return {
      code: 'nothing-to-run',
      message: 'The order holds no migration that can be run.',
      remedy: 'Merge a pull request with a migration file for this version.',
    };
  }
  if (review.migration.proof.result === 'refuted' && !(await mayLeaveInvalid(order))) {
    return {
      code: 'refuted',
      message: `The migration does not lead to the new version: ${review.migration.proof.reason}`,
      remedy: 'Correct the migration file.',
    };
  }
  // A migration always needs approval, so a change without a fingerprint cannot get here: unknown means no.
  if (review.fingerprint === undefined || review.fingerprint !== order.fingerprint) return notApproved;
  const approval = await currentApproval(db, order);
  const part = approval?.parts.find(({ path }) => path === order.path);
  return part?.fingerprint === review.fingerprint ? undefined : notApproved;
}

/** Whether it was approved that some records stay invalid. What cannot be read allows nothing. */
async function mayLeaveInvalid({ migrationPath: path, migrationText: text, files }: RunOrder): Promise<boolean> {
  const parsed = await readMigration({ path, text }, (file) => Promise.resolve(files?.new[file]));
  return 'migration' in parsed && (parsed.migration.options?.invalid.action ?? 'stop') !== 'stop';
}

const notApproved: RunError = {
  code: 'not-approved',
  message: 'What would run is not what was approved.',
  remedy: 'Have the pull request approved as it was merged, or merge a new one.',
};

async function reviewAgain(order: RunOrder) {
  const files = order.files ?? { old: {}, new: {} };
  const before = new Map([...Object.entries(files.old), [order.previousPath ?? order.path, order.oldText]]);
  const after = new Map([
    ...Object.entries(files.new),
    [order.path, order.newText],
    [order.migrationPath, order.migrationText],
  ]);
  return reviewSchema(
    {
      path: order.path,
      ...(order.previousPath === undefined ? {} : { previousPath: order.previousPath }),
      set: {
        files: order.path,
        compatibility: order.mode,
        target: order.target.name,
        formatAssertion: order.formatAssertion,
        ...(order.producers === undefined ? {} : { producers: order.producers }),
      },
      change: 'modified',
      target: order.target,
    },
    { read: (path) => Promise.resolve(before.get(path)) },
    { read: (path) => Promise.resolve(after.get(path)) },
  );
}
