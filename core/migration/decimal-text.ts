import { quoteText } from './sql-literal.ts';

/**
 * Numbers as text, in the one spelling that PostgreSQL's numeric gives back character for character: an optional minus,
 * no leading zero, no exponent, no negative zero. So text → number → text in the database loses nothing.
 */
export const decimalPattern = '^(-?[1-9][0-9]*(\\.[0-9]+)?|-?0\\.[0-9]*[1-9][0-9]*|0(\\.0+)?)$';
export const integerPattern = '^(0|-?[1-9][0-9]*)$';

/** Far more than any double needs; keeps within what numeric can hold. */
const longest = 1000;
/** From here on a number is nearer to infinity than to the greatest double, so JavaScript reads infinity. */
const beyondDouble = 2n ** 1024n - 2n ** 970n;

const decimal = new RegExp(decimalPattern);
const integer = new RegExp(integerPattern);

export function isDecimalText(text: string): boolean {
  return text.length <= longest && decimal.test(text) && Number.isFinite(Number(text));
}

export function isIntegerText(text: string): boolean {
  return integer.test(text) && isDecimalText(text);
}

/** SQL condition over a text expression, true exactly where `isDecimalText` is. */
export function isDecimalTextSql(text: string): string {
  return matches(text, decimalPattern);
}

export function isIntegerTextSql(text: string): string {
  return matches(text, integerPattern);
}

/** SQL condition over the text of a jsonb number: it has no more digits than a text of a number may have. */
export function isShortNumberSql(text: string): string {
  return `length(${text}) <= ${longest}`;
}

/** SQL condition over a numeric expression: JavaScript reads it as a number, not as infinity. */
export function isInDoubleRangeSql(numeric: string): string {
  return `abs(${numeric}) < ${beyondDouble}::numeric`;
}

function matches(text: string, pattern: string): string {
  // Collation "C": no locale has a say in what a digit is. CASE, because AND may evaluate its sides in any order.
  const spelled = `${isShortNumberSql(text)} AND ${text} COLLATE "C" ~ ${quoteText(pattern)}`;
  const inRange = `length(${text}) <= 308 OR ${isInDoubleRangeSql(`${text}::numeric`)}`;
  return `CASE WHEN ${spelled} THEN ${inRange} ELSE false END`;
}

/** The shortest decimal that reads back as this double, without exponent: 1e21 → `1000000000000000000000`. */
export function decimalText(number: number): string {
  const [mantissa = '', exponent] = String(number).split('e');
  if (exponent === undefined) return Object.is(number, -0) ? '0' : mantissa;
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return sign + digits.padEnd(point, '0').slice(0, point) + (digits.length > point ? `.${digits.slice(point)}` : '');
}
