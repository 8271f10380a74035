import type { Node, ScanToken } from 'libpg-query';
import type { Position } from '../../schema/position.ts';
import type { Action } from '../action/action.ts';

/** One statement of a migration. Offsets are bytes of UTF-8 in the file (inside a DO block: in the statement's own text). */
export interface Statement {
  /** From 0 in its file; statements inside a DO block share the block's. */
  readonly index: number;
  readonly section: 'up' | 'down';
  readonly node: Node;
  readonly start: number;
  readonly end: number;
  /** The whole statement in the file; of a statement inside a DO block, the block's. */
  readonly span: { readonly start: number; readonly end: number };
  /** Without the semicolon, and without comments before it. */
  readonly text: string;
  readonly actions: readonly PlacedAction[];
  /** Inside a DO block: where it stands is known by line only. */
  readonly block: { readonly inLoop: boolean; readonly first: boolean; readonly last: boolean } | undefined;
  /** Comments left out. */
  readonly tokens: readonly ScanToken[];
  readonly positionOf: (byte: number) => Position;
}

/** What a statement does, with the part of it that says so. */
export interface PlacedAction {
  readonly action: Action;
  readonly start: number;
  readonly text: string;
}
