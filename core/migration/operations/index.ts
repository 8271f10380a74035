import type { OperationKind } from '../operation-kind.ts';
import { castKind } from './cast.ts';
import { defaultKind } from './default.ts';
import { removeKind } from './remove.ts';
import { renameKind } from './rename.ts';
import { setKind } from './set.ts';

/** The one list of operations. */
export const operationKinds: readonly OperationKind[] = [castKind, defaultKind, removeKind, renameKind, setKind];
