import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claim280, claim290, claim300, claimPath } from '../core/review/claim-files.ts';
import { sarifFaults } from '../core/sarif/sarif-schema.ts';
import { type Workbench, workbenchWith } from './workbench.ts';

const other = '.github/other.yml';
const migrationPath = 'migrations/claims/2.sql';
const dangerous = 'CREATE INDEX claims_number ON claims (number);\nALTER TABEL claims;\n';

let bench: Workbench;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-events-'));
  bench = await workbenchWith({ [claimPath]: claim280, [other]: 'schemas: [{ files: "schemas/**/*.json" }]\n' });
});
afterAll(async () => {
  await bench.github.close();
  await rm(folder, { recursive: true, force: true });
});

describe('a workflow that is started by hand, or by a clock', () => {
  const payload = { repository: { default_branch: 'main', name: 'claims', owner: { login: 'acme' } } };

  it.each(['workflow_dispatch', 'schedule'])('compares its commit with the default branch (%s)', async (name) => {
    const proposal = await bench.propose({ [claimPath]: claim300 });
    const environment = { GITHUB_EVENT_NAME: name, GITHUB_SHA: proposal.pull.head };
    const result = await proposal.run({ environment, event: () => payload });
    expect(result).toMatchObject({ exitCode: 1, outputs: { verdict: 'breaking' } });
    expect(result.summary).toContain('compared with `main@');
    expect(await proposal.comments()).toEqual([]);
  });

  it('compares it with what it is told to', async () => {
    const proposal = await bench.propose({ [claimPath]: claim300 });
    const environment = { GITHUB_EVENT_NAME: 'workflow_dispatch', GITHUB_SHA: proposal.pull.head };
    const same = await proposal.run({ environment, event: () => payload, inputs: { base: proposal.pull.head } });
    expect(same).toMatchObject({ exitCode: 0, outputs: { verdict: 'none' } });
    const range = await proposal.run({ environment, event: () => payload, inputs: { base: 'main...x' } });
    expect(range.annotations[0]?.message).toContain('`base` must be');
    const unknown = await proposal.run({ environment, event: () => payload, inputs: { base: 'nowhere' } });
    expect(unknown.exitCode).toBe(1);
  });
});

describe('several configurations on one pull request', () => {
  it('are told apart by their comments, annotations and files', async () => {
    const proposal = await bench.propose({ [claimPath]: claim300 });
    const usual = await proposal.run();
    const second = await proposal.run({ inputs: { config: other } });
    expect(usual.annotations[0]?.title).toBe('Sluice: breaking');
    expect(second.annotations[0]?.title).toBe('Sluice: breaking (.github/other.yml)');
    const comments = await proposal.comments();
    expect(comments).toHaveLength(2);
    expect(comments.filter((body) => body.includes('rules of `.github/other.yml`'))).toHaveLength(1);
    const name = (path = '') => path.slice(path.lastIndexOf('/') + 1);
    expect(name(usual.outputs['report'])).toBe('sluice-report.json');
    expect(name(second.outputs['report'])).toMatch(/^sluice-report-[0-9a-f]{8}\.json$/);
  });
});

describe('a comment that said no', () => {
  it('says that it is fixed once it is', async () => {
    const proposal = await bench.propose({ [claimPath]: claim300 });
    await proposal.run();
    await proposal.push({ [claimPath]: claim290 });
    await proposal.run();
    expect((await proposal.comments())[0]).toMatch(/^### ✔ Fixed: /);
  });

  it('does not say so while SQL still fails', async () => {
    const proposal = await bench.propose({ [claimPath]: claim300, [migrationPath]: dangerous });
    await proposal.run();
    await proposal.push({ [claimPath]: claim290 });
    await proposal.run();
    expect((await proposal.comments())[0]).toMatch(/^### ✖ The check does not pass/);
  });
});

describe('a SARIF file', () => {
  it('holds all that was found, schemas and SQL, and is valid', async () => {
    const sql = { [migrationPath]: dangerous, 'migrations/claims/3 ä.sql': dangerous.split('\n')[0] ?? '' };
    const proposal = await bench.propose({ [claimPath]: claim300, 'schemas/broken.json': '{', ...sql });
    const path = join(folder, 'deep', 'sluice.sarif');
    const result = await proposal.run({ inputs: { sarif: path, config: other } });
    expect(result.outputs['sarif']).toBe(path);
    expect(Number(result.outputs['sql-failures'])).toBeGreaterThan(0);
    const file = JSON.parse(await readFile(path, 'utf8')) as SarifFile;
    expect(sarifFaults(file)).toEqual([]);
    const [run] = file.runs;
    expect(run?.automationDetails.id).toBe('sluice/.github/other.yml/');
    const found = run?.results.map(({ ruleId, locations: [location] }) => {
      const { artifactLocation, region } = location?.physicalLocation ?? {};
      return `${ruleId} ${artifactLocation?.uri}:${region?.startLine}`;
    });
    expect(found).toEqual(
      expect.arrayContaining([
        `breaking ${claimPath}:16`,
        'to-mend schemas/broken.json:1',
        `sql/syntax-error ${migrationPath}:2`,
        'sql/create-index migrations/claims/3%20%C3%A4.sql:1',
      ]),
    );
    const fingerprints = run?.results.map(({ partialFingerprints }) => partialFingerprints['primaryLocationLineHash']);
    expect(new Set(fingerprints).size).toBe(fingerprints?.length);
  });

  it('is written when nothing was found, and not when nobody asked', async () => {
    const proposal = await bench.propose({ [claimPath]: claim290 });
    const path = join(folder, 'none.sarif');
    await proposal.run({ inputs: { sarif: 'none.sarif' }, environment: { GITHUB_WORKSPACE: folder } });
    const file = JSON.parse(await readFile(path, 'utf8')) as SarifFile;
    expect(sarifFaults(file)).toEqual([]);
    expect(file.runs[0]?.results).toEqual([]);
    expect((await proposal.run()).outputs['sarif']).toBeUndefined();
  });
});

interface SarifFile {
  readonly runs: readonly {
    readonly automationDetails: { readonly id: string };
    readonly results: readonly {
      readonly ruleId: string;
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string };
          readonly region: { readonly startLine: number };
        };
      }[];
      readonly partialFingerprints: Readonly<Record<string, string>>;
    }[];
  }[];
}
