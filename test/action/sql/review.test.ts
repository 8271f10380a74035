import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ActionResult } from '../../../sandbox/action.ts';
import { elementsIn, renderedHtml } from '../../core/rendering/rendered-html.ts';
import { claim280, claim290, claimPath } from '../../core/review/claim-files.ts';
import { createTestDatabase } from '../../support/postgres.ts';
import { type Workbench, withoutCommits, workbenchWith } from '../workbench.ts';

const configuration = `sql:
  server-version: 16
  lock-timeout: 200ms
  statement-timeout: 5s
  waivers: [{ rule: drop-table, files: 'migrations/claims/*', reason: nobody reads it any more }]
`;
const first = 'migrations/claims/1.sql';
const second = 'migrations/claims/2.sql';
const schema = `CREATE TABLE claims (id bigint PRIMARY KEY, number text, amount integer);\n-- sluice:irreversible: first\n`;
const harmless = `CREATE TABLE IF NOT EXISTS notes (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, text text);
-- sluice:down
DROP TABLE IF EXISTS notes;
`;
const dangerous = `ALTER TABLE claims ALTER COLUMN amount TYPE bigint;
CREATE INDEX claims_number ON claims (number);
ALTER TABLE claims ADD COLUMN at timestamp;
DROP TABLE old_claims;
-- sluice:irreversible: the old table is gone
`;

function findingsOf({ report }: ActionResult): readonly object[] {
  return (report as unknown as { readonly sql: { readonly findings: readonly object[] } }).sql.findings;
}

let bench: Workbench;
beforeAll(async () => {
  bench = await workbenchWith({
    [claimPath]: claim280,
    [first]: schema,
    'README.md': 'Claims',
    '.github/sluice.yml': configuration,
  });
});
afterAll(() => bench.github.close());

describe('SQL migrations in the bundled Action', () => {
  it('are judged on their lines, in the comment, the log, the summary and the report', async () => {
    const proposal = await bench.propose({ [second]: dangerous });
    const result = await proposal.run();
    expect(result.stderr).toBe('');
    expect(result.exitCode).toBe(1);
    expect(result.outputs).toMatchObject({ verdict: 'none', 'breaking-count': '0' });
    const marks = result.annotations.map(({ level, file, line, title }) => [level, file, line, title]);
    expect(marks.filter(([level]) => level !== 'notice')).toEqual([
      ['error', second, 1, 'Sluice: change-column-type'],
      ['error', second, 2, 'Sluice: create-index'],
      ['error', undefined, undefined, undefined],
    ]);
    expect(marks).toContainEqual(['notice', second, 3, 'Sluice: timestamp-without-zone']);
    const [comment = ''] = await proposal.comments();
    await expect(withoutCommits(comment)).toMatchFileSnapshot('__snapshots__/comment.md');
    await expect(result.stdout.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<token>')).toMatchFileSnapshot(
      '__snapshots__/log.txt',
    );
    expect(result.summary).toContain('2 errors');
    expect(result.report).toMatchObject({
      verdict: 'none',
      sql: { files: [second] },
    });
    expect(findingsOf(result)[0]).toMatchObject({
      rule: 'change-column-type',
      place: { line: 1 },
      lock: 'ACCESS EXCLUSIVE',
    });
  });

  it('get a comment when there is nothing to find, and none when no SQL changed', async () => {
    const proposal = await bench.propose({ [second]: harmless });
    expect((await proposal.run()).exitCode).toBe(0);
    expect(await proposal.comments()).toEqual([expect.stringContaining('### ✔ Nothing found in 1 SQL migration')]);
    const other = await bench.propose({ 'README.md': 'More' });
    await other.run();
    expect(await other.comments()).toEqual([]);
  });

  it('come after the schemas, and what does not pass is said first', async () => {
    const good = await bench.propose({ [claimPath]: claim290, [second]: harmless });
    expect((await good.run()).exitCode).toBe(0);
    const [comment = ''] = await good.comments();
    expect(comment).toMatch(/^### ✔ `insurance-claim` 2\.8\.0 → 2\.9\.0 is compatible/);
    expect(comment).toContain('#### ✔ Nothing found in 1 SQL migration');
    const bad = await bench.propose({ [claimPath]: claim290, [second]: dangerous });
    expect(await bad.run()).toMatchObject({ exitCode: 1, outputs: { verdict: 'compatible' } });
    expect((await bad.comments())[0]).toMatch(/^### ✖ The check does not pass: 2 errors/);
  });

  it('fail the check when PostgreSQL does not understand them, whatever the settings', async () => {
    const proposal = await bench.propose({ [second]: 'SELECT 1;\nALTER TABEL claims;\n' });
    const result = await proposal.run({ inputs: { 'fail-on': 'never' } });
    expect(result.exitCode).toBe(1);
    expect(result.annotations[0]).toMatchObject({ level: 'error', file: second, line: 2 });
    expect((await proposal.comments())[0]).toContain('PostgreSQL does not understand this');
  });

  it('let no text of theirs become a command to the workflow, a mention or markdown', async () => {
    const evil = `CREATE TABLE "a | b\`\n::error file=README.md,line=1::gotcha\n<img src=x> @acme/platform" (id int);\nDROP TABLE "x\`\n\`\`\`\n# @acme/platform";`;
    const proposal = await bench.propose({ [second]: evil });
    const result = await proposal.run();
    expect(result.annotations.some(({ file, message }) => file === 'README.md' || message === 'gotcha')).toBe(false);
    const [comment = ''] = await proposal.comments();
    const html = renderedHtml(comment);
    expect(elementsIn(html)).not.toContain('img');
    expect(html.replaceAll(/<(code|pre)\b[^]*?<\/\1>/g, '')).not.toMatch(/@acme/);
  });

  it('are as severe as their tables are large', async () => {
    const database = await createTestDatabase();
    await database.pool.query(schema);
    await database.pool.query(`INSERT INTO claims SELECT n FROM generate_series(1, 200) AS n; ANALYZE claims;`);
    const proposal = await bench.propose({ [second]: dangerous });
    const result = await proposal.run({ inputs: { 'database-url': database.url } });
    expect(result.exitCode).toBe(0);
    expect(findingsOf(result)[0]).toMatchObject({ rule: 'change-column-type', severity: 'advice', rows: 200 });
    expect((await proposal.comments())[0]).toContain('The table is small now (200 rows).');
  });

  it('keep their usual severity, and say why, when the database does not answer', async () => {
    const proposal = await bench.propose({ [second]: dangerous });
    const environment = { SLUICE_DATABASE_URL: 'postgres://u:correct-horse@127.0.0.1:1/x' };
    const result = await proposal.run({ environment });
    expect(result.exitCode).toBe(1);
    expect((await proposal.comments())[0]).toContain('the database cannot be reached (ECONNREFUSED)');
    expect(JSON.stringify(result)).not.toContain('correct-horse');
  });
});
