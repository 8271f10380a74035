import { atLeast } from './size.ts';

export const minLength = atLeast('minLength', 'string');
