import { atLeast } from './size.ts';

export const minItems = atLeast('minItems', 'array');
