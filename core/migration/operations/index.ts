import type { OperationKind } from '../operation-kind.ts';
import { caseKind } from './case.ts';
import { castKind } from './cast.ts';
import { dateTimeToDateKind } from './date-time-to-date.ts';
import { dateToDateTimeKind } from './date-to-date-time.ts';
import { defaultKind } from './default.ts';
import { joinKind } from './join.ts';
import { mapKind } from './map.ts';
import { moveKind } from './move.ts';
import { removeKind } from './remove.ts';
import { renameKind } from './rename.ts';
import { setKind } from './set.ts';
import { splitKind } from './split.ts';
import { unwrapKind } from './unwrap.ts';
import { whenKind } from './when.ts';
import { wrapKind } from './wrap.ts';

/** The one list of operations. */
export const operationKinds: readonly OperationKind[] = [
  caseKind,
  castKind,
  dateTimeToDateKind,
  dateToDateTimeKind,
  defaultKind,
  joinKind,
  mapKind,
  moveKind,
  removeKind,
  renameKind,
  setKind,
  splitKind,
  unwrapKind,
  whenKind,
  wrapKind,
];
