import { signs } from './comment/headline.ts';

/** The class of what a sign stands for; the sign and its word say the same without colours. */
export function toneOf(sign: string | undefined): 'good' | 'bad' {
  return sign === signs.good ? 'good' : 'bad';
}
