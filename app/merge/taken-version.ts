import type { Problem, SchemaReview } from '../../core/review/review.ts';
import { formatRepository, type Repository } from '../../github/octokit.ts';
import type { Database } from '../../registry/database.ts';
import { versionsOnTheirWay } from '../../registry/version-on-its-way.ts';
import { readVersion } from '../../registry/versions.ts';
import { contentFingerprint } from './content-fingerprint.ts';

/** Says so when a version number means something else already: it is published, or a run is bringing it. */
export async function takenVersion(
  db: Database,
  repository: Repository,
  { name, path, newText, newVersion }: SchemaReview,
): Promise<Problem | undefined> {
  if (newText === undefined || newVersion === undefined) return undefined;
  const fingerprint = contentFingerprint(path, newText);
  const key = { repository: formatRepository(repository), schema: name, version: newVersion };
  const remedy = 'Give this change a version of its own';
  const known = await readVersion(db, key);
  if (known && known.fingerprint !== fingerprint) {
    return { place: { path }, problem: `${name} ${newVersion} is published already, with other content`, remedy };
  }
  const coming = await versionsOnTheirWay(db, key);
  const other = coming.find((one) => contentFingerprint(one.path, one.text) !== fingerprint);
  if (!other) return undefined;
  const problem = `${name} ${newVersion} is on its way already, with other content: run ${other.run} of number ${other.pullRequest} brings it`;
  return { place: { path }, problem, remedy };
}
