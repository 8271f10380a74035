import { decimalText, isDecimalText, isDecimalTextSql } from './decimal-text.ts';
import { type Member, memberAt } from './member.ts';
import type { Operation } from './operation.ts';
import { addressSchema, defineKind, type OperationKind } from './operation-kind.ts';
import { quoteText } from './sql-literal.ts';

/** How people write numbers: `1.234,50` has the decimal mark `,` and the group mark `.`. */
export interface NumberSpelling {
  readonly decimal: string;
  /** Between groups of three digits; absent: the digits stand together. */
  readonly group?: string;
}

/** The kind of an operation `{ at, decimal, group }`; without `decimal`, the mark is a point. */
export function defineSpellingKind(
  name: string,
  create: (member: Member, spelling: NumberSpelling) => Operation,
): OperationKind {
  return defineKind<{ at: string } & Partial<NumberSpelling>>({
    name,
    arguments: {
      type: 'object',
      required: ['at'],
      properties: {
        at: addressSchema,
        decimal: { enum: ['.', ','] },
        // The last two are spaces that do not break a line.
        group: { enum: ['.', ',', ' ', "'", '’', '_', '\u00a0', '\u202f'] },
      },
      additionalProperties: false,
    },
    problem: ({ decimal = '.', group }) =>
      decimal === group
        ? { at: '/group', problem: 'Both marks are the same', remedy: 'Give two different marks' }
        : undefined,
    create: ({ at, decimal = '.', ...group }) => create(memberAt(at), { decimal, ...group }),
  });
}

/**
 * The one spelling of each number, digit by digit as `decimalPattern` has it: `1.234,50`, and neither `1234,50` nor `01,5`.
 * So text → number → text in the database loses nothing.
 */
export function spelledPattern({ decimal, group }: NumberSpelling): string {
  const mark = decimal === '.' ? '\\.' : decimal;
  const more = group === undefined ? '[0-9]*' : `[0-9]{0,2}(${group === '.' ? '\\.' : group}[0-9]{3})*`;
  return `^(-?[1-9]${more}(${mark}[0-9]+)?|-?0${mark}[0-9]*[1-9][0-9]*|0(${mark}0+)?)$`;
}

/** `1.234,50` → `1234.50`; undefined where the text is not spelled so, or where it is no double. */
export function readSpelled(text: string, spelling: NumberSpelling): string | undefined {
  if (!new RegExp(spelledPattern(spelling)).test(text)) return undefined;
  const { decimal, group } = spelling;
  const plain = (group === undefined ? text : text.replaceAll(group, '')).replace(decimal, '.');
  return isDecimalText(plain) ? plain : undefined;
}

/** The same in SQL over a text expression, as numeric; NULL where it is none. */
export function readSpelledSql(text: string, spelling: NumberSpelling): string {
  const { decimal, group } = spelling;
  const together = group === undefined ? text : `replace(${text}, ${quoteText(group)}, '')`;
  const plain = decimal === '.' ? together : `replace(${together}, ${quoteText(decimal)}, '.')`;
  return `CASE WHEN ${text} COLLATE "C" ~ ${quoteText(spelledPattern(spelling))} THEN CASE WHEN ${isDecimalTextSql(plain)} THEN (${plain})::numeric END END`;
}

/** 1234.5 → `1.234,5`; undefined where the number is too long to be written. */
export function spell(number: number, { decimal, group = '' }: NumberSpelling): string | undefined {
  const plain = Number.isFinite(number) ? decimalText(number) : '';
  if (!isDecimalText(plain)) return undefined;
  const [whole = '', fraction] = plain.split('.');
  const grouped = whole.replaceAll(/[0-9](?=(?:[0-9]{3})+$)/g, (digit) => digit + group);
  return fraction === undefined ? grouped : grouped + decimal + fraction;
}

/** The same in SQL over the text of a number; NULL where it is too long. */
export function spellSql(text: string, { decimal, group }: NumberSpelling): string {
  const whole = `split_part(${text}, '.', 1)`;
  const grouped =
    group === undefined
      ? whole
      : `regexp_replace(${whole}, '([0-9])(?=([0-9]{3})+$)', ${quoteText(`\\1${group}`)}, 'g')`;
  const fraction = `CASE WHEN strpos(${text}, '.') > 0 THEN ${quoteText(decimal)} || split_part(${text}, '.', 2) ELSE '' END`;
  return `CASE WHEN ${isDecimalTextSql(text)} THEN ${grouped} || ${fraction} END`;
}

/** For people: `1.234,50`. */
export function exampleOf({ decimal, group = '' }: NumberSpelling): string {
  return `1${group}234${decimal}50`;
}
