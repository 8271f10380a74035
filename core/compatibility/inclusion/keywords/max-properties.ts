import { atMost } from './size.ts';

export const maxProperties = atMost('maxProperties', 'object');
