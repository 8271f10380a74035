import { atLeast } from './size.ts';

export const minProperties = atLeast('minProperties', 'object');
