import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { lintSql } from '../../../core/sql/lint.ts';
import { loadParser } from '../../../core/sql/parse/parser.ts';
import { rules } from '../../../core/sql/rules.ts';
import { casesOf, rulesWithFixtures } from './fixtures.ts';

/** These need facts beside the text; their own tests bring them. */
const withoutFixtures = ['applied-file-changed', 'drop-used-object', 'int-key-near-exhaustion', 'out-of-order'];

const dangerous = rulesWithFixtures.flatMap((rule) => casesOf(rule, 'dangerous'));
const safe = rulesWithFixtures.flatMap((rule) => casesOf(rule, 'safe'));

describe('the list of rules', () => {
  const ids = rules.map(({ id }) => id);

  it('holds every file of the folder once, under its name', () => {
    const files = readdirSync(fileURLToPath(new URL('../../../core/sql/rules', import.meta.url)));
    expect(ids.toSorted()).toEqual(files.map((file) => file.replace(/\.ts$/, '')).toSorted());
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has a fixture for every rule that the text alone can trigger', () => {
    expect([...rulesWithFixtures, ...withoutFixtures].toSorted()).toEqual(ids.toSorted());
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))('%s says in one sentence what it is about', (_, rule) => {
    expect(rule.summary).toMatch(/^[A-Z'a-z].{20,150}\.$/);
  });
});

describe('dangerous SQL', () => {
  it.each(dangerous.map((each) => [each.name, each] as const))('is found: %s', async (_, { rule, sql, options }) => {
    const findings = await lintSql({ path: 'migrations/1.sql', text: sql }, options);
    const own = findings.filter((finding) => finding.rule === rule);
    expect(own).not.toEqual([]);
    for (const { message, lock, blocks, place } of own) {
      expect(message).toMatch(/\.$/);
      expect(message).toContain(lock === undefined ? '' : lock);
      expect(message).toContain(lock === undefined ? '' : `blocks ${blocks}`);
      expect(place.line).toBeLessThanOrEqual(sql.split('\n').length);
    }
  });
});

describe('safe SQL', () => {
  it.each(safe.map((each) => [each.name, each] as const))('is left alone: %s', async (_, { rule, sql, options }) => {
    const findings = await lintSql({ path: 'migrations/1.sql', text: sql }, options);
    expect(findings.filter((finding) => finding.rule === rule || finding.rule === 'syntax-error')).toEqual([]);
  });
});

describe('the rewrite that a finding proposes', () => {
  it.each(dangerous.map((each) => [each.name, each] as const))(
    'is SQL that its rule accepts: %s',
    async (_, { rule, sql, options }) => {
      const findings = await lintSql({ path: 'migrations/1.sql', text: sql }, options);
      const { parse } = await loadParser();
      for (const { rewrite } of findings.filter((finding) => finding.rule === rule)) {
        if (rewrite === undefined) continue;
        expect(() => parse(rewrite)).not.toThrow();
        const rest = { ...options, inTransaction: false };
        const again = await lintSql({ path: 'migrations/1.sql', text: rewrite }, rest);
        expect(again.filter((finding) => finding.rule === rule)).toEqual([]);
      }
    },
  );
});
