import type { OperationKind } from '../operation-kind.ts';
import { caseKind } from './case.ts';
import { castKind } from './cast.ts';
import { dateTimeToDateKind } from './date-time-to-date.ts';
import { dateToDateTimeKind } from './date-to-date-time.ts';
import { defaultKind } from './default.ts';
import { flattenKind } from './flatten.ts';
import { joinKind } from './join.ts';
import { listToSingleKind } from './list-to-single.ts';
import { mapKind } from './map.ts';
import { moveKind } from './move.ts';
import { nestKind } from './nest.ts';
import { numberToTextKind } from './number-to-text.ts';
import { removeKind } from './remove.ts';
import { renameKind } from './rename.ts';
import { roundKind } from './round.ts';
import { setKind } from './set.ts';
import { shiftDecimalsKind } from './shift-decimals.ts';
import { singleToListKind } from './single-to-list.ts';
import { splitKind } from './split.ts';
import { textToNumberKind } from './text-to-number.ts';
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
  flattenKind,
  joinKind,
  listToSingleKind,
  mapKind,
  moveKind,
  nestKind,
  numberToTextKind,
  removeKind,
  renameKind,
  roundKind,
  setKind,
  shiftDecimalsKind,
  singleToListKind,
  splitKind,
  textToNumberKind,
  unwrapKind,
  whenKind,
  wrapKind,
];
