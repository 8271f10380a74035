import { acceptedChange } from './accepted-change.ts';
import { examplesValid } from './examples-valid.ts';
import { idMatchesPath } from './id-matches-path.ts';
import { migrationIdle } from './migration-idle.ts';
import { migrationLoses } from './migration-loses.ts';
import { migrationMissing } from './migration-missing.ts';
import { migrationProof } from './migration-proof.ts';
import { publishedFileChanged } from './published-file-changed.ts';
import type { Rule } from './rule.ts';
import { versionAgrees } from './version-agrees.ts';
import { versionBump } from './version-bump.ts';
import { versionInPath } from './version-in-path.ts';
import { versionOrder } from './version-order.ts';

/** All rules, in the order in which their findings are told. */
export const rules: readonly Rule[] = [
  acceptedChange,
  publishedFileChanged,
  versionBump,
  versionOrder,
  versionInPath,
  versionAgrees,
  migrationMissing,
  migrationProof,
  migrationLoses,
  migrationIdle,
  examplesValid,
  idMatchesPath,
];
