import { own } from '../../../schema/json.ts';
import { itemsFrom } from './items.ts';
import type { KeywordReader } from './keyword.ts';

/** Means something only beside an array of `items`. */
export const additionalItems: KeywordReader = {
  name: 'additionalItems',
  read: (_, { schema, inside }) => {
    const first = own(schema, 'items');
    return Array.isArray(first) ? [itemsFrom(first.length, Number.POSITIVE_INFINITY, inside('additionalItems'))] : [];
  },
};
