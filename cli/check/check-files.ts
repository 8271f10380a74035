import { type CompareOptions, compare } from '../../core/compatibility/compare.ts';
import type { Comparison } from '../../core/compatibility/comparison.ts';
import type { VersionAdvice } from '../../core/versioning/advice.ts';
import { adviseVersion } from '../../core/versioning/advise.ts';
import { declaredVersion } from '../../core/versioning/declared-version.ts';
import { loadSchema } from '../load-schema.ts';
import { deadline } from './deadline.ts';

/** Two files compared. */
export interface CheckedFiles {
  readonly oldPath: string;
  readonly newPath: string;
  readonly oldVersion: string | undefined;
  readonly newVersion: string | undefined;
  readonly comparison: Comparison;
  readonly advice: VersionAdvice;
}

/** `timeout`: seconds for the verdict, and as many again for the changes. Throws `InputError`. */
export async function checkFiles(
  oldPath: string,
  newPath: string,
  options: Omit<CompareOptions, 'budget' | 'changesBudget'> & { readonly timeout: number },
): Promise<CheckedFiles> {
  const { timeout, ...rest } = options;
  const [before, after] = [await loadSchema(oldPath), await loadSchema(newPath)];
  const comparison = compare(before, after, {
    ...rest,
    budget: { expired: deadline(timeout) },
    changesBudget: { expired: deadline(2 * timeout) },
  });
  const [oldVersion, newVersion] = [declaredVersion(before.root), declaredVersion(after.root)];
  const advice = adviseVersion({ comparison, oldVersion, newVersion });
  return { oldPath, newPath, oldVersion, newVersion, comparison, advice };
}
