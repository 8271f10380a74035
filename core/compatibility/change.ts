import type { Json } from '../schema/json.ts';
import type { Pointer } from '../schema/pointer.ts';
import type { Verdict } from './verdict.ts';

/** One difference between two versions of a schema. */
export interface Change {
  /** Such as `property-added`, `required-added`, `type-changed`; the list is in `change-kinds.ts`. */
  readonly kind: string;
  /** The name the specification of the registry gives it, where it has one: FIELD_ADDED, REQUIRED_ADDED … */
  readonly specName?: string;
  /** Pointer into the new schema, or into the old one when what changed is gone there. */
  readonly pointer: Pointer;
  /** Which of the two documents `pointer` and `line` speak of. */
  readonly side: 'old' | 'new';
  readonly path: string;
  readonly line: number;
  /** The data path a person would name: `claim_amount`, `address.city`, `items[]`; '' for the whole document. */
  readonly subject: string;
  /** What happened, in a few words: `string → number`, `becomes required`, `added, optional`. */
  readonly summary: string;
  /** The differing parts of the schema; absent where there is none on that side. */
  readonly before?: Json;
  readonly after?: Json;
  readonly backward: Verdict;
  readonly forward: Verdict;
  /** Who breaks, in words, and a compatible alternative; absent when nothing breaks. */
  readonly breaks?: string;
  readonly alternative?: string;
}
