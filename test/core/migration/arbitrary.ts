import * as fc from 'fast-check';
import { type Member, memberAt } from '../../../core/migration/member.ts';
import type { Operation } from '../../../core/migration/operation.ts';
import { changeCase } from '../../../core/migration/operations/case.ts';
import { cast } from '../../../core/migration/operations/cast.ts';
import { dateTimeToDate } from '../../../core/migration/operations/date-time-to-date.ts';
import { dateToDateTime } from '../../../core/migration/operations/date-to-date-time.ts';
import { defaultFrom, defaultTo } from '../../../core/migration/operations/default.ts';
import { flatten } from '../../../core/migration/operations/flatten.ts';
import { join } from '../../../core/migration/operations/join.ts';
import { listToSingle } from '../../../core/migration/operations/list-to-single.ts';
import { map } from '../../../core/migration/operations/map.ts';
import { move, moveKind } from '../../../core/migration/operations/move.ts';
import { nest } from '../../../core/migration/operations/nest.ts';
import { numberToText } from '../../../core/migration/operations/number-to-text.ts';
import { remove } from '../../../core/migration/operations/remove.ts';
import { rename } from '../../../core/migration/operations/rename.ts';
import { round } from '../../../core/migration/operations/round.ts';
import { set, setFrom } from '../../../core/migration/operations/set.ts';
import { shiftDecimals } from '../../../core/migration/operations/shift-decimals.ts';
import { singleToList } from '../../../core/migration/operations/single-to-list.ts';
import { split } from '../../../core/migration/operations/split.ts';
import { textToNumber } from '../../../core/migration/operations/text-to-number.ts';
import { unwrap } from '../../../core/migration/operations/unwrap.ts';
import { when } from '../../../core/migration/operations/when.ts';
import { wrap } from '../../../core/migration/operations/wrap.ts';
import type { Json } from '../../../core/schema/json.ts';
import { formatPointer } from '../../../core/schema/pointer.ts';

/** Few names, so that addresses hit; each of them awkward for something: SQL, pointers, prototypes, array indexes. */
const names = [
  'a',
  'b',
  "o'b",
  '0',
  '-1',
  '',
  '~/',
  '"\\',
  '__proto__',
  'constructor',
  'ключ',
  '💧',
  'a b',
  '{x,y}',
  '$1',
];
export const name: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('a', 'b', '0') },
  fc.constantFrom(...names),
);

/** Text that could be taken for a number, a boolean or SQL, and any other that jsonb can hold. */
const spellings = [
  '0',
  '-0',
  '0.0',
  '-0.00',
  '1',
  '-1',
  '1500.00',
  '0.10',
  '.5',
  '5.',
  '+1',
  '01',
  '00',
  '-01',
  '1e3',
  '1E3',
  '1e400',
  '',
  ' ',
  ' 12',
  '12 ',
  '12\n',
  '\n12',
  '12,50',
  '1_000',
  'NaN',
  'Infinity',
  '-Infinity',
  '0x10',
  '٣',
  '１２',
  'true',
  'false',
  'TRUE',
  't',
  'null',
  '-',
  '--1',
  '1-',
  '1.2.3',
  '9007199254740993',
  '12345678901234567890.12345678901234567890',
  `1${'0'.repeat(308)}`,
  `2${'0'.repeat(308)}`,
  `1${'0'.repeat(307)}`,
  `179769313486231570${'0'.repeat(291)}`,
  `0.${'0'.repeat(330)}1`,
  `-${'9'.repeat(999)}`,
  '9'.repeat(1001),
  "'; --",
];
const dates = [
  '2025-01-15',
  '2024-02-29',
  '2025-02-29',
  '1900-02-29',
  '2000-02-29',
  '0000-02-29',
  '2025-04-31',
  '2025-13-01',
  '2025-1-1',
];
const dateTimes = dates.flatMap((date) => [
  `${date}T00:00:00Z`,
  `${date}T12:30:00.5+02:00`,
  `${date}T12:30:00x5+02:00`,
]);
export const text: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...dates, ...dateTimes),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
  { weight: 3, arbitrary: fc.constantFrom(...spellings) },
  fc.string({ unit: 'binary', maxLength: 6 }).filter((text) => !/\0|\p{Surrogate}/u.test(text)),
  fc.integer().map(String),
  fc.double({ noDefaultInfinity: true, noNaN: true }).map(String),
  fc.tuple(fc.integer(), fc.nat(9999)).map(([whole, part]) => `${whole}.${part}`),
  fc.stringMatching(/^[-+0-9.eE ]{0,6}$/),
  fc.stringMatching(/^-?(0|[1-9][0-9]{0,2}([.,' _][0-9]{3}){0,2})([.,][0-9]{1,3})?$/),
);

/** Numbers that JSON.parse and PostgreSQL read alike. */
export const number: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: -5, max: 5 }),
  fc.integer(),
  fc.double({ noDefaultInfinity: true, noNaN: true }),
  fc.constantFrom(
    0.1,
    1.5,
    2.675,
    -0.5,
    0.05,
    999.995,
    1e21,
    1e-7,
    1.7976931348623157e308,
    5e-324,
    2 ** 53,
    -(2 ** 60),
    1e22,
  ),
);

export const scalar: fc.Arbitrary<Json> = fc.oneof(fc.constant(null), fc.boolean(), number, text);

/** Any record, often an object with members that the addresses below hit. */
export const record: fc.Arbitrary<Json> = fc.letrec<{ value: Json; object: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    { weight: 4, arbitrary: scalar },
    tie('object'),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.array(text, { minLength: 1, maxLength: 2 }),
  ),
  object: fc.dictionary(name, tie('value'), { maxKeys: 4, noNullPrototype: true }),
})).object;

export const anyRecord: fc.Arbitrary<Json> = fc.oneof(
  { weight: 9, arbitrary: record },
  scalar,
  fc.array(scalar, { maxLength: 2 }),
);

export const member: fc.Arbitrary<Member> = fc
  .oneof({ weight: 3, arbitrary: fc.tuple(name) }, fc.tuple(name, name), fc.tuple(name, name, name))
  .map((segments) => memberAt(formatPointer(segments)));

const castArbitrary: fc.Arbitrary<Operation> = fc
  .tuple(
    member,
    fc.constantFrom(
      ['number', undefined],
      ['number', 'string'],
      ['integer', undefined],
      ['integer', 'string'],
      ['integer', 'number'],
      ['boolean', undefined],
      ['boolean', 'string'],
      ['string', undefined],
      ['string', 'number'],
      ['string', 'boolean'],
      ['string', 'integer'],
      ['integer', 'integer'],
    ) as fc.Arbitrary<Parameters<typeof castTo>>,
  )
  .map(([member, [to, from]]) => cast(member, to, from));
declare function castTo(to: Parameters<typeof cast>[1], from: Parameters<typeof cast>[2]): void;

/** ajv takes an object with a member `constructor` for unequal to its copy, so such values would fail in `enum`. */
const value = anyRecord.filter((value) => !JSON.stringify(value).includes('constructor'));

/** Found in the texts above, awkward in SQL or in a pattern, or longer than one character. */
const separator = fc.constantFrom(',', '.', '0', 'e', '-', '^', ']', '\\', "'", ' ', '.0', '00,', '💧');

const time = fc.constantFrom('00:00:00Z', '12:30:00.5+02:00');

/** In a report of a failure, an operation is its source. */
function printed(operations: fc.Arbitrary<Operation>): fc.Arbitrary<Operation> {
  return operations.map((operation) =>
    Object.defineProperty(operation, fc.toStringMethod, { value: () => JSON.stringify(operation.source) }),
  );
}

const plainOperations: { readonly [name: string]: fc.Arbitrary<Operation> } = {
  case: printed(
    fc.tuple(member, fc.constantFrom('upper' as const, 'lower' as const)).map(([member, to]) => changeCase(member, to)),
  ),
  cast: printed(castArbitrary),
  'date-time-to-date': printed(fc.tuple(member, time).map(([member, time]) => dateTimeToDate(member, time))),
  'date-to-date-time': printed(fc.tuple(member, time).map(([member, time]) => dateToDateTime(member, time))),
  default: printed(
    fc.oneof(
      fc.tuple(member, value).map(([member, value]) => defaultTo(member, value)),
      fc.tuple(member, member).map(([member, source]) => defaultFrom(member, source)),
    ),
  ),
  join: printed(fc.tuple(member, separator).map(([member, on]) => join(member, on))),
  map: printed(
    fc
      .tuple(
        member,
        fc.uniqueArray(fc.tuple(scalar, value), { minLength: 1, maxLength: 4, selector: ([from]) => from }),
        fc.oneof(
          fc.constantFrom('refuse' as const, 'keep' as const),
          value.map((value) => ({ value })),
        ),
      )
      .map(([member, pairs, otherwise]) => map(member, pairs as Parameters<typeof map>[1], otherwise)),
  ),
  move: printed(
    fc
      .tuple(member, member)
      .filter(([from, to]) => moveKind.problem({ at: from.pointer, to: to.pointer }) === undefined)
      .map(([from, to]) => move(from, to)),
  ),
  remove: printed(member.map(remove)),
  rename: printed(
    fc
      .tuple(member, name)
      .filter(([member, to]) => member.name !== to)
      .map(([member, to]) => rename(member, to)),
  ),
  set: printed(
    fc.oneof(
      fc.tuple(member, value).map(([member, value]) => set(member, value)),
      fc.tuple(member, member).map(([member, source]) => setFrom(member, source)),
    ),
  ),
  split: printed(fc.tuple(member, separator).map(([member, on]) => split(member, on))),
  unwrap: printed(fc.tuple(member, fc.option(name, { nil: undefined })).map(([member, as]) => unwrap(member, as))),
  wrap: printed(fc.tuple(member, fc.option(name, { nil: undefined })).map(([member, as]) => wrap(member, as))),
};

const siblings = fc
  .tuple(member, fc.uniqueArray(name, { minLength: 1, maxLength: 3 }))
  .filter(([member, names]) => !names.includes(member.name));
const spelling = fc
  .tuple(fc.constantFrom('.', ','), fc.constantFrom(undefined, '.', ',', ' ', "'", '’', '_', '\u00a0'))
  .filter(([decimal, group]) => decimal !== group)
  .map(([decimal, group]) => ({ decimal, ...(group === undefined ? {} : { group }) }));

const moreOperations: { readonly [name: string]: fc.Arbitrary<Operation> } = {
  flatten: printed(siblings.map(([member, names]) => flatten(member, names))),
  'list-to-single': printed(
    fc
      .tuple(member, fc.constantFrom('first' as const, 'last' as const), fc.constantFrom('refuse' as const, null))
      .map(([member, take, empty]) => listToSingle(member, take, empty)),
  ),
  nest: printed(siblings.map(([member, names]) => nest(member, names))),
  'number-to-text': printed(fc.tuple(member, spelling).map(([member, spelling]) => numberToText(member, spelling))),
  round: printed(fc.tuple(member, fc.nat(12)).map(([member, digits]) => round(member, digits))),
  'shift-decimals': printed(
    fc
      .tuple(
        member,
        fc.integer({ min: -30, max: 30 }).filter((by) => by !== 0),
      )
      .map(([member, by]) => shiftDecimals(member, by)),
  ),
  'single-to-list': printed(member.map(singleToList)),
  'text-to-number': printed(fc.tuple(member, spelling).map(([member, spelling]) => textToNumber(member, spelling))),
};

const allPlain = { ...plainOperations, ...moreOperations };

const conditional = fc
  .tuple(
    member,
    fc.oneof(text, number, fc.boolean(), fc.constant(null)),
    fc.array(fc.oneof(...Object.values(allPlain)), { minLength: 1, maxLength: 3 }),
  )
  .map(([member, is, operations]) => when(member, is, operations));

/** Every operation of the list, by name. */
export const operationsByName: { readonly [name: string]: fc.Arbitrary<Operation> } = Object.fromEntries(
  Object.entries({ ...allPlain, when: printed(conditional) }).sort(([a], [b]) => (a < b ? -1 : 1)),
);

export const operation: fc.Arbitrary<Operation> = fc.oneof(...Object.values(operationsByName));
