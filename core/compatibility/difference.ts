import type { Dialect } from '../schema/dialect.ts';
import type { Json, JsonObject } from '../schema/json.ts';
import type { Pointer } from '../schema/pointer.ts';
import type { ChangeKind } from './change-kind.ts';
import type { Edit, Location } from './location.ts';

/** A schema of one version on the walk. */
export interface Side<Value extends Json = Json> {
  readonly value: Value;
  /** In the combined document. */
  readonly pointer: Pointer;
  readonly location: Location;
}

/** Two schemas that ask something of the same data. */
export interface Pair<Value extends Json = Json> {
  readonly old: Side<Value>;
  readonly new: Side<Value>;
  /** The data path: `address.city`, `items[]`; '' for the whole document. */
  readonly subject: string;
}

/** A way from a schema into a subschema; on both sides, since the two may differ (`anyOf/1` became `anyOf/0`). */
export interface Step {
  readonly old: readonly (string | number)[];
  readonly new: readonly (string | number)[];
  readonly subject: string;
}

/** What a family of changes finds in a pair, before anyone asks what it breaks. */
export interface Difference {
  readonly kind: ChangeKind;
  /** Where a person looks: from the pair's schema, on that side. */
  readonly side: 'old' | 'new';
  readonly segments: readonly (string | number)[];
  readonly subject: string;
  readonly summary: string;
  readonly before?: Json;
  readonly after?: Json;
  /** Makes this change, and no other, in the old schema. Empty: nothing that could matter to a document. */
  readonly apply: readonly Edit[];
  /** Takes it back in the new schema. */
  readonly undo: readonly Edit[];
}

/** A family of changes: looks at its keywords in two schemas, and names the subschemas to go on with. */
export interface Family {
  /** The keywords it answers for. */
  readonly keywords: readonly string[];
  readonly kinds: readonly ChangeKind[];
  compare(pair: Pair<JsonObject>, dialect: Dialect): Findings;
}

export interface Findings {
  readonly differences: readonly Difference[];
  readonly steps: readonly Step[];
}
