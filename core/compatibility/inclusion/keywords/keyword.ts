import type { Dialect } from '../../../schema/dialect.ts';
import type { Json, JsonObject } from '../../../schema/json.ts';
import type { Pointer } from '../../../schema/pointer.ts';
import type { Constraint, Schema } from '../node.ts';
import type { ReferenceKeyword } from '../read/follow.ts';
import type { Location } from '../read/location.ts';
import type { SchemaTable } from '../schema-table.ts';

export interface ReadingOptions {
  readonly formatAssertion: boolean;
  readonly contentAssertion: boolean;
  /** Whether `dependencies` says nothing from 2019-09 on, as the text has it, or is asserted all the same, as many validators have it. */
  readonly dependenciesEnd: boolean;
}

/** What a keyword may look at besides its own value. */
export interface Reading {
  /** The schema that the keyword stands in. */
  readonly schema: JsonObject;
  readonly dialect: Dialect;
  readonly pointer: Pointer;
  readonly options: ReadingOptions;
  readonly schemas: SchemaTable;
  readonly location: Location;
  /** The subschema at a path below the schema: `['properties', 'a']`. */
  readonly inside: (...path: (string | number)[]) => Schema;
  readonly insideLocation: (from: Location, ...path: (string | number)[]) => Location;
  readonly read: (location: Location) => Schema;
  readonly follow: (from: Location, keyword: ReferenceKeyword, reference: string) => Location | undefined;
  /** The full address of a reference into the web, when the same address is sure to mean the same in other versions. */
  readonly remoteName: (reference: string) => string | undefined;
  readonly isRecursive: (location: Location) => boolean;
}

/** How one keyword becomes constraints. Values that the metaschema forbids give none: they never come here. */
export interface KeywordReader {
  readonly name: string;
  /** An annotation of the dialects, which an option makes an assertion. */
  readonly annotation?: true;
  readonly read: (value: Json, reading: Reading) => readonly Constraint[];
}
