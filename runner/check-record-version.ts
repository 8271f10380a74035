import type { RunState } from '../core/migration/states.ts';
import { schemeOf } from '../core/versioning/scheme.ts';
import type { Database } from '../registry/database.ts';
import { earlierRuns } from '../registry/runs/earlier.ts';
import type { Run } from '../registry/runs/run.ts';
import { StepFailed } from './errors.ts';

/** States after which the records in the table in use are those of the run's new version. */
const migrated: readonly RunState[] = ['reversing', 'completing', 'completed'];

/**
 * Refuses a run whose records are not of the version that it begins at: an earlier run that should have brought them there has not.
 * They might be valid all the same and mean something else (cents instead of euros). Writes nothing.
 */
export async function checkRecordVersion(registry: Database, run: Run): Promise<void> {
  const { fromVersion } = run;
  if (fromVersion === undefined) return;
  const earlier = await earlierRuns(registry, run);
  const missing = earlier.find(
    ({ state, toVersion }) =>
      !migrated.includes(state) &&
      isUpTo(toVersion, fromVersion) &&
      // Another merge has brought them there, or further, in its place.
      !earlier.some((other) => migrated.includes(other.state) && isUpTo(toVersion, other.toVersion)),
  );
  if (missing === undefined) return;
  throw new StepFailed(
    'wrong-version',
    `The records are not of version ${fromVersion} yet: the run ${missing.id}, which brings them to ${missing.toVersion}, is ${missing.state}.`,
    `Bring that run to its end first (\`sluice status ${missing.id}\` says what it needs), then order this one again: \`sluice retry ${run.id}\`.`,
  );
}

/** Whether one version is the other or comes before it; versions of unknown schemes only when they are the same. */
function isUpTo(version: string, limit: string): boolean {
  if (version === limit) return true;
  const [a, b] = [version, limit].map((each) => schemeOf(each)?.parse(each));
  if (a === undefined || b === undefined) return false;
  const first = a.findIndex((part, index) => part !== b[index]);
  return first < 0 || (a[first] ?? 0) < (b[first] ?? 0);
}
