import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { operationKinds } from '../../../core/migration/operations/index.ts';
import { parseMigration } from '../../../core/migration/parse-migration.ts';
import { applyTransform } from '../../../core/migration/transform.ts';
import type { Json } from '../../../core/schema/json.ts';

const page = readFileSync(new URL('../../../docs/migrations.md', import.meta.url), 'utf8');
const rows = [...page.matchAll(/^\| +`([a-z-]+: \{.*?\})` +\| +`(\{.*?\})` +\| +`(\{.*?\})` +\| +(.*?) +\|$/gm)].map(
  ([, operation = '', before = '', after = '', back = '']) => ({ operation, before, after, back }),
);

it('the reference shows every operation', () => {
  const shown = new Set(rows.map(({ operation }) => operation.slice(0, operation.indexOf(':'))));
  expect([...shown].sort()).toEqual(operationKinds.map(({ name }) => name));
});

it.each(rows)('the reference is right about $operation', ({ operation, before, after, back }) => {
  const text = `schema: s\nfrom: a\nto: b\ntransform:\n  - ${operation}\n`;
  const parsed = parseMigration({ path: 'm.yml', text });
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  const { transform } = parsed.migration;
  expect(applyTransform(transform, JSON.parse(before) as Json)).toEqual(JSON.parse(after));
  const [inverse] = transform.map((one) => one.inverse);
  expect(inverse && 'loses' in inverse ? inverse.loses : 'exact').toBe(back);
  const returned =
    inverse && 'operation' in inverse ? inverse.operation.apply(JSON.parse(after) as Json) : JSON.parse(before);
  expect(returned).toEqual(JSON.parse(before));
});
