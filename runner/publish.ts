import { fingerprintOf } from '../core/schema/fingerprint.ts';
import { parseSchema } from '../core/schema/parse.ts';
import type { Database } from '../registry/database.ts';
import { appendEvent } from '../registry/events.ts';
import type { Run } from '../registry/runs/run.ts';
import { publishVersion, withdrawVersion } from '../registry/versions.ts';

/** The records are those of the new version: it is published. In the transaction that says so. */
export async function publishRun(db: Database, run: Run): Promise<void> {
  const { repository, schema, toVersion: version, newText: text, mergeCommit: commit } = run;
  if (version === undefined) return;
  const fingerprint = fingerprintOf(parseSchema({ path: run.path, text }).value);
  const result = await publishVersion(db, { repository, schema, version, text, fingerprint, commit });
  if (result === 'already-published') return;
  await appendEvent(db, {
    kind: result === 'conflict' ? 'version.conflict' : 'version.published',
    repository,
    actor: 'sluice',
    subject: run.id,
    data: { schema, version, commit, fingerprint },
  });
}

/**
 * The records are those of the old version again: the version that this run published is so no more, and a corrected migration
 * may bring it. In the transaction that says so.
 */
export async function withdrawRun(db: Database, run: Run): Promise<void> {
  const { repository, schema, toVersion: version, newText: text, mergeCommit: commit } = run;
  if (version === undefined) return;
  const fingerprint = fingerprintOf(parseSchema({ path: run.path, text }).value);
  if (!(await withdrawVersion(db, { repository, schema, version, fingerprint, commit }))) return;
  await appendEvent(db, {
    kind: 'version.withdrawn',
    repository,
    actor: 'sluice',
    subject: run.id,
    data: { schema, version, commit, fingerprint },
  });
}
