import { describe, expect, it } from 'vitest';
import type { Tree } from '../../../core/review/review.ts';
import { lintChanges } from '../../../core/sql/lint-changes.ts';

function treeOf(files: Readonly<Record<string, string>>): Tree & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    commit: 'c',
    asked,
    read: async (path) => {
      asked.push(path);
      return files[path];
    },
    list: async () => {
      asked.push('*');
      return Object.keys(files);
    },
  };
}

const harmless = '-- sluice:irreversible: nothing to undo\nCREATE EXTENSION IF NOT EXISTS citext;';
const base = { 'migrations/claims/1.sql': harmless, 'migrations/claims/3.sql': harmless, 'schemas/a.json': '{}' };

async function rulesOf(head: Readonly<Record<string, string>>, changed: Parameters<typeof lintChanges>[2]) {
  const findings = await lintChanges(treeOf(base), treeOf(head), changed);
  return findings.map(({ rule, place }) => `${place.path} ${rule}`);
}

describe('the migrations of a pull request', () => {
  it('are not looked for in the trees when no SQL file changed', async () => {
    const [before, after] = [treeOf(base), treeOf(base)];
    expect(await lintChanges(before, after, [{ path: 'schemas/a.json', status: 'modified' }])).toEqual([]);
    expect([...before.asked, ...after.asked]).toEqual([]);
  });

  it('are linted with the rollback beside them', async () => {
    const path = 'migrations/claims/4.sql';
    const up = 'ALTER TABLE claims ADD COLUMN note text;';
    const changed = [{ path, status: 'added' }] as const;
    expect(await rulesOf({ ...base, [path]: up }, changed)).toContain(`${path} missing-rollback`);
    const down = { 'migrations/claims/4.down.sql': 'ALTER TABLE claims DROP COLUMN note;' };
    expect(await rulesOf({ ...base, [path]: up, ...down }, changed)).not.toContain(`${path} missing-rollback`);
  });

  it('must come after those on the base branch', async () => {
    const path = 'migrations/claims/2.sql';
    expect(await rulesOf({ ...base, [path]: harmless }, [{ path, status: 'added' }])).toEqual([`${path} out-of-order`]);
    const last = 'migrations/claims/10.sql';
    expect(await rulesOf({ ...base, [last]: harmless }, [{ path: last, status: 'added' }])).toEqual([]);
  });

  it('must not change or move once they are on the base branch', async () => {
    const path = 'migrations/claims/1.sql';
    const edited = { ...base, [path]: `${harmless}\nSELECT 1;` };
    expect(await rulesOf(edited, [{ path, status: 'modified' }])).toContain(`${path} applied-file-changed`);
    const moved = 'migrations/claims/5.sql';
    const renamed = [{ path: moved, previousPath: path, status: 'renamed' }] as const;
    expect(await rulesOf({ ...base, [moved]: harmless }, renamed)).toEqual([`${moved} applied-file-changed`]);
  });

  it('lie where the configuration says', async () => {
    const head = treeOf({ 'db/1.sql': 'DROP TABLE a;' });
    const changed = [{ path: 'db/1.sql', status: 'added' }] as const;
    expect(await lintChanges(treeOf({}), head, changed)).toEqual([]);
    expect((await lintChanges(treeOf({}), head, changed, { files: 'db/*.sql' })).map(({ rule }) => rule)).toContain(
      'drop-table',
    );
  });
});
