import { examplesValid } from './examples-valid.ts';
import { idMatchesPath } from './id-matches-path.ts';
import { migrationIdle } from './migration-idle.ts';
import { migrationLoses } from './migration-loses.ts';
import { migrationMissing } from './migration-missing.ts';
import { migrationProof } from './migration-proof.ts';
import type { Rule } from './rule.ts';
import { versionBump } from './version-bump.ts';

/** All rules, in the order in which their findings are told. */
export const rules: readonly Rule[] = [
  versionBump,
  migrationMissing,
  migrationProof,
  migrationLoses,
  migrationIdle,
  examplesValid,
  idMatchesPath,
];
