// Compares hostile pairs one after the other and prints the most memory that was ever resident, in MiB. A program for a process of its own.
import { compare } from '../../../core/compatibility/compare.ts';
import { decideInclusion } from '../../../core/compatibility/inclusion/decide.ts';
import { InputError } from '../../../core/input-error.ts';
import type { SchemaBundle } from '../../../core/schema/document.ts';
import { parseSchema } from '../../../core/schema/parse.ts';

type Versions = readonly [old: unknown, next: unknown];

const range = (count: number) => Array.from({ length: count }, (_, at) => at);
const chain = (length: number, link: (before: object, at: number) => object, core: object): object => ({
  $ref: `#/$defs/s${length - 1}`,
  $defs: Object.fromEntries(
    range(length).map((at) => [`s${at}`, at === 0 ? core : link({ $ref: `#/$defs/s${at - 1}` }, at)]),
  ),
});
const nested = (times: number, core: object): object =>
  range(times).reduce<object>((inner) => ({ oneOf: [inner, { properties: { a: inner } }] }), core);
const [text, number] = [{ type: 'string' }, { type: 'number' }];

/** Made when their turn comes: all together would be what is measured. */
const pairs: Record<string, () => Versions> = {
  'a list of five megabytes': () => {
    const values = range(150_000).map((at) => `value ${at} ${'x'.repeat(20)}`);
    return [{ enum: values }, { enum: values.slice(1) }];
  },
  'sixty thousand required names': () => {
    const names = range(60_001).map((at) => `name${at}`);
    return [{ required: names }, { required: names.slice(1) }];
  },
  'ten thousand properties': () => {
    const properties = (least: number) =>
      Object.fromEntries(range(10_000).map((at) => [`name${at}`, { type: 'string', minLength: at === 7 ? least : 1 }]));
    return [{ properties: properties(1) }, { properties: properties(2) }];
  },
  'alternatives inside alternatives': () => [nested(9, text), nested(9, number)],
  'references that double': () => {
    const both = (before: object) => ({ properties: { a: before, b: before }, required: ['a', 'b'] });
    return [chain(60, both, text), chain(60, both, number)];
  },
  'patterns that explode': () => [
    { type: 'string', pattern: '(a|b)*a(a|b){30}' },
    { type: 'string', pattern: '(a|b)*b(a|b){30}' },
  ],
};

const options = { formatAssertion: false };
for (const [name, make] of Object.entries(pairs)) {
  const [old, next] = make().map(bundle);
  if (!old || !next) throw new InputError(name, { remedy: 'Make it smaller' });
  const end = performance.now() + 800;
  const budget = { expired: () => performance.now() > end };
  const { backward, forward } = compare(old, next, { ...options, mode: 'FULL', budget });
  if (backward.verdict === 'compatible' && forward.verdict === 'compatible') throw new Error(`${name}: compatible`);
  decideInclusion(old, next, { ...options, budget });
}
console.log(Math.ceil(process.resourceUsage().maxRSS / 1024));

function bundle(schema: unknown): SchemaBundle {
  const root = parseSchema({ path: 'schema.json', text: JSON.stringify(schema) }, { defaultDialect: '2020-12' });
  return { root, files: new Map() };
}
