import type { Comparison } from '../compatibility/comparison.ts';
import { answerOf } from '../compatibility/mode.ts';
import type { VersionAdvice } from './advice.ts';
import { schemeOf, type VersionScheme } from './scheme.ts';

/**
 * The smallest honest bump. What is not proved compatible counts as breaking.
 * - Semantic versions: a break of what the mode asks about is major (of the backward direction where the mode asks nothing); documents
 *   that were not valid before are minor; the same documents in other words are a patch.
 * - SchemaVer: a break that only concerns properties nobody declared is a revision, any other break a model, all else an addition.
 */
export function adviseVersion(change: {
  readonly comparison: Comparison;
  readonly oldVersion: string | undefined;
  readonly newVersion: string | undefined;
}): VersionAdvice {
  const { comparison, oldVersion, newVersion } = change;
  const scheme = oldVersion === undefined ? undefined : schemeOf(oldVersion);
  const bump = scheme?.name === 'schemaver' ? schemaBump(comparison) : semanticBump(comparison);
  const recommended = oldVersion === undefined ? undefined : scheme?.next(oldVersion, bump);
  return { bump, recommended, declared: newVersion, honest: isHonest(scheme, newVersion, oldVersion, recommended) };
}

function isSafe(comparison: Comparison): boolean {
  const asksNothing = comparison.mode === 'NONE' || comparison.mode === 'APPEND_ONLY';
  return answerOf(asksNothing ? 'BACKWARD' : comparison.mode, comparison) === 'compatible';
}

function semanticBump(comparison: Comparison): VersionAdvice['bump'] {
  if (!isSafe(comparison)) return 'major';
  if (comparison.changes.length === 0) return 'none';
  const isSame = comparison.backward.verdict === 'compatible' && comparison.forward.verdict === 'compatible';
  return isSame ? 'patch' : 'minor';
}

function schemaBump(comparison: Comparison): VersionAdvice['bump'] {
  if (comparison.changes.length === 0) return 'none';
  if (isSafe(comparison)) return 'patch';
  const { producers, otherwise } = comparison;
  return producers === 'open' && otherwise?.verdict === 'compatible' ? 'minor' : 'major';
}

/** Without versions there is nothing to be dishonest about; a version that was dropped is. */
function isHonest(
  scheme: VersionScheme | undefined,
  declared: string | undefined,
  old: string | undefined,
  recommended: string | undefined,
): boolean {
  if (old === undefined || scheme === undefined) return true;
  const [is, should] = [declared, recommended].map((version) => version && scheme.parse(version));
  if (!is || !should) return false;
  for (const [at, number] of is.entries()) {
    if (number !== should[at]) return number > (should[at] ?? 0);
  }
  return true;
}
