import { acceptedChange } from './accepted-change.ts';
import { compatibilityOff } from './compatibility-off.ts';
import { consumerBreaks } from './consumer-breaks.ts';
import { consumerUnknown } from './consumer-unknown.ts';
import { deprecatedReference } from './deprecated-reference.ts';
import { exampleFiles } from './example-files.ts';
import { examplesValid } from './examples-valid.ts';
import { idMatchesPath } from './id-matches-path.ts';
import { migrationCycle } from './migration-cycle.ts';
import { migrationIdle } from './migration-idle.ts';
import { migrationLoses } from './migration-loses.ts';
import { migrationMissing } from './migration-missing.ts';
import { migrationProof } from './migration-proof.ts';
import { migrationUnproved } from './migration-unproved.ts';
import { publishedFileChanged } from './published-file-changed.ts';
import type { Rule } from './rule.ts';
import { schemaAllowsAll } from './schema-allows-all.ts';
import { schemaUncovered } from './schema-uncovered.ts';
import { versionAgrees } from './version-agrees.ts';
import { versionBump } from './version-bump.ts';
import { versionClaimed } from './version-claimed.ts';
import { versionInPath } from './version-in-path.ts';
import { versionMissing } from './version-missing.ts';
import { versionOrder } from './version-order.ts';
import { versionTaken } from './version-taken.ts';

/** All rules, in the order in which their findings are told. */
export const rules: readonly Rule[] = [
  acceptedChange,
  publishedFileChanged,
  consumerBreaks,
  consumerUnknown,
  versionBump,
  versionTaken,
  versionClaimed,
  versionOrder,
  versionInPath,
  versionAgrees,
  versionMissing,
  migrationMissing,
  migrationProof,
  migrationUnproved,
  migrationLoses,
  migrationCycle,
  migrationIdle,
  deprecatedReference,
  examplesValid,
  exampleFiles,
  schemaAllowsAll,
  schemaUncovered,
  compatibilityOff,
  idMatchesPath,
];
