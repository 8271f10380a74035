import { InputError } from '../../input-error.ts';
import { parseSchema } from '../../schema/parse.ts';
import { declaredVersion } from '../../versioning/declared-version.ts';
import { compareVersions } from '../layout/version-order.ts';
import { versionPath } from '../layout/version-path.ts';
import { documentVersion } from '../openapi/open-api.ts';
import type { ClaimedFile, SchemaReview } from '../review.ts';
import type { RawFinding, Rule } from './rule.ts';

export const versionClaimed: Rule = {
  id: 'version-claimed',
  asks: 'No other open pull request brings the same version with other content.',
  severity: 'warning',
  pullRequest: async ({ reviews, claims }) =>
    reviews.flatMap((review) => {
      const { path, name, change, newVersion, oldVersion } = review;
      if (change === 'removed' || newVersion === undefined || newVersion === oldVersion) return [];
      return claims
        .filter((claim) => claim.text !== review.newText && isSameVersion(claim, review, newVersion))
        .map(
          ({ pullRequest }): RawFinding => ({
            place: { path, line: 1 },
            message: `Pull request #${pullRequest} brings version ${newVersion} of ${name} as well, and says something else in it`,
            remedy: 'Agree which of the two goes first; the other takes the version after it.',
          }),
        );
    }),
};

function isSameVersion(claim: ClaimedFile, { path, file, set, component }: SchemaReview, version: string): boolean {
  if (file) {
    const theirs = versionPath(claim.path, set);
    return theirs?.family === file.family && compareVersions(theirs.version, version) === 0;
  }
  if (claim.path !== path || claim.text === undefined) return false;
  try {
    const document = parseSchema({ path, text: claim.text });
    return (component === undefined ? declaredVersion(document) : documentVersion(document)) === version;
  } catch (error) {
    // What is broken there brings no version yet.
    if (error instanceof InputError) return false;
    throw error;
  }
}
