import type { Pool } from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { commandOpinions, markAnswered, noteCommand } from '../../registry/commands.ts';
import { noteShown, shownAt } from '../../registry/shown.ts';
import { tellOnce } from '../../registry/told.ts';
import { createTestRegistry } from '../support/registry.ts';

let registry: Pool;
beforeAll(async () => {
  ({ pool: registry } = await createTestRegistry());
});

const at = (second: number): Date => new Date(Date.UTC(2026, 0, 1, 0, 0, second));
const shown = (fingerprint: string | undefined, head = 'a1') => ({ head, base: 'main', fingerprint });

describe('what a check showed', () => {
  const of = { repository: 'Acme/Claims', pullRequest: 1 };

  it('is what was shown last before a moment, and nothing before the first', async () => {
    await noteShown(registry, of, shown('one'), at(10));
    await noteShown(registry, of, shown('one'), at(20));
    await noteShown(registry, of, shown('two', 'a2'), at(30));
    expect(await shownAt(registry, of, at(9))).toBeUndefined();
    expect(await shownAt(registry, of, at(10))).toEqual(shown('one'));
    expect(await shownAt(registry, of, at(29))).toEqual(shown('one'));
    expect(await shownAt(registry, of, at(30))).toEqual(shown('two', 'a2'));
    expect(await shownAt(registry, { ...of, pullRequest: 2 }, at(30))).toBeUndefined();
  });

  it('can be nothing to approve, again and again', async () => {
    const other = { ...of, pullRequest: 3 };
    await noteShown(registry, other, shown(undefined), at(10));
    await noteShown(registry, other, shown(undefined), at(20));
    expect(await shownAt(registry, other, at(15))).toEqual(shown(undefined));
    const { rows } = await registry.query('SELECT FROM sluice.shown WHERE pull_request = 3');
    expect(rows).toHaveLength(1);
  });
});

describe('a command', () => {
  const command = { repository: 'acme/claims', pullRequest: 1, key: 'comment:1', login: 'developer', given: at(5) };

  it('is noted as it was first seen, and to be answered until it was', async () => {
    expect(await noteCommand(registry, { ...command, verb: 'approve', about: shown('one') })).toBe(true);
    expect(await noteCommand(registry, { ...command, verb: 'approve', about: shown('two') })).toBe(true);
    await markAnswered(registry, command);
    expect(await noteCommand(registry, { ...command, verb: 'approve', about: shown('two') })).toBe(false);
    expect(await commandOpinions(registry, command)).toMatchObject([{ about: shown('one'), login: 'developer' }]);
  });

  it('that is no opinion is not among them; opinions come in the order they were given', async () => {
    await noteCommand(registry, { ...command, key: 'comment:3', verb: 'plan', about: undefined });
    await noteCommand(registry, { ...command, key: 'comment:2', verb: 'reject', given: at(1), about: undefined });
    expect((await commandOpinions(registry, command)).map(({ verb }) => verb)).toEqual(['reject', 'approve']);
  });
});

it('says a thing once, whoever says it at the same time', async () => {
  const of = { repository: 'acme/claims', pullRequest: 1 };
  const answers = await Promise.all(Array.from({ length: 20 }, () => tellOnce(registry, of, 'requested f1')));
  expect(answers.filter(Boolean)).toHaveLength(1);
  expect(await tellOnce(registry, of, 'requested f2')).toBe(true);
});
