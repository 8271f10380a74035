import { itemsFrom } from './items.ts';
import type { KeywordReader } from './keyword.ts';

export const prefixItems: KeywordReader = {
  name: 'prefixItems',
  read: (value, { inside }) =>
    Array.isArray(value) ? value.map((_, at) => itemsFrom(at, at + 1, inside('prefixItems', at))) : [],
};
