import { appendPointer } from '../schema/pointer.ts';
import { valueAt } from '../schema/references.ts';
import type { Combined } from './combined.ts';
import type { Found } from './walk.ts';

/** A summary with the digits of the files, where it shows numbers that JavaScript has rounded. What was stands before what is. */
export function withWrittenDigits(combined: Combined, { difference, pair }: Found): string {
  const [keyword] = difference.segments;
  if (keyword === undefined) return difference.summary;
  const digits = (side: 'old' | 'new') => {
    const origin = combined.origin(appendPointer(pair[side].pointer, keyword));
    if (!origin) return [];
    const { document, pointer } = origin;
    const inside = document.inexactNumbers.filter((at) => at === pointer || at.startsWith(`${pointer}/`));
    return inside.map((at) => ({
      shown: JSON.stringify(valueAt(document.value, at)) ?? '',
      written: document.literalOf?.(at) ?? '',
    }));
  };
  const replace = (text: string, at: number, { shown, written }: { shown: string; written: string }) =>
    at === -1 || written === '' ? text : text.slice(0, at) + written + text.slice(at + shown.length);
  const before = digits('old').reduce((text, one) => replace(text, text.indexOf(one.shown), one), difference.summary);
  return digits('new').reduce((text, one) => replace(text, text.lastIndexOf(one.shown), one), before);
}
