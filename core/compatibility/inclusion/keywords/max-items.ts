import { atMost } from './size.ts';

export const maxItems = atMost('maxItems', 'array');
