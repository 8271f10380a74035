import { atMost } from './size.ts';

export const maxLength = atMost('maxLength', 'string');
