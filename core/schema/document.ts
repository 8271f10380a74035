import type { Dialect } from './dialect.ts';
import type { Json } from './json.ts';
import type { Pointer } from './pointer.ts';

/** One schema file, read. Made by `parseSchema`. */
export interface SchemaDocument {
  /** Path in the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly value: Json;
  readonly dialect: Dialect;
  /** Numbers that a double cannot hold exactly (JavaScript would round them): the engine must not decide on them. */
  readonly inexactNumbers: readonly Pointer[];
  /** The digits in the file of one of those numbers; undefined where they are not known. */
  literalOf?(pointer: Pointer): string | undefined;
  /** Line and column (from 1) of the value at a pointer; of its nearest existing ancestor when it is not there. */
  locate(pointer: Pointer): { line: number; column: number };
}

/** A schema and the other files of the repository that its references may reach, at the same commit. */
export interface SchemaBundle {
  readonly root: SchemaDocument;
  /** By repository path; `root` need not be among them. */
  readonly files: ReadonlyMap<string, SchemaDocument>;
}
