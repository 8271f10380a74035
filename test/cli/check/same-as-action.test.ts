import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkClone } from '../../../cli/check/check-clone.ts';
import { noPaint } from '../../../core/rendering/terminal.ts';
import { workbenchWith } from '../../action/workbench.ts';
import { claim280, claim300, claimPath } from '../../core/review/claim-files.ts';

const before = {
  [claimPath]: claim280,
  'schemas/payment.json': '{ "version": "1.0.0", "type": "object", "properties": { "id": { "type": "string" } } }\n',
  '.github/sluice.yml': `schemas:
  - files: schemas/**
accept: [{ fingerprint: "${'0'.repeat(64)}", reason: known and wanted, until: 2025-01-01 }]
`,
};
const after = {
  [claimPath]: claim300,
  'schemas/payment.json': '{ "version": "1.0.1", "type": "object", "properties": { "id": { "type": "integer" } } }\n',
  'migrations/1.sql': 'CREATE INDEX by_amount ON claims (amount);\n',
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-same-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function git(...parameters: string[]): void {
  const identity = [
    '-c',
    'user.name=developer',
    '-c',
    'user.email=developer@example.com',
    '-c',
    'commit.gpgsign=false',
  ];
  execFileSync('git', ['-C', folder, ...identity, ...parameters], { stdio: 'ignore' });
}

function put(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

async function inTheClone(format: 'markdown' | 'json'): Promise<{ readonly code: number; readonly text: string }> {
  let text = '';
  const code = await checkClone(folder, 'main', { format, paint: noPaint, width: 120 }, (part) => {
    text += part;
  });
  return { code, text };
}

/** Without what only GitHub knows: ids of commits, addresses, where the full report is. */
function facts(markdown: string): string[] {
  return markdown
    .replace(/^<!-- .* -->$/gm, '')
    .replace(/(?<!!)\[([^\]]*)\]\(https?:[^)]*\)/g, '$1')
    .replace(/<sub>(?:BACKWARD|compared).*<\/sub>/g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

describe('sluice check --base and the Action', () => {
  it('say the same of the same change, in words and as data', async () => {
    git('init', '--quiet', '--initial-branch=main');
    put(before);
    git('add', '--all');
    git('commit', '--quiet', '--message', 'first');
    git('switch', '--quiet', '--create', 'topic');
    put(after);

    const bench = await workbenchWith(before);
    try {
      const proposal = await bench.propose(after);
      const ran = await proposal.run();
      const { code, text } = await inTheClone('markdown');
      expect([code, ran.exitCode], text).toEqual([1, 1]);
      expect(facts(text)).toEqual(facts(ran.summary));
      expect(facts(text).length).toBeGreaterThan(50);

      const withoutCommits = (report: object) => ({ ...report, base: '', head: '', fingerprint: '' });
      const data = JSON.parse((await inTheClone('json')).text) as object;
      expect(withoutCommits(data)).toMatchObject({ verdict: 'breaking', breakingCount: 3 });
      const report = JSON.parse(JSON.stringify(ran.report)) as object;
      expect(Object.keys(data).sort()).toEqual(Object.keys(report).sort());
      expect(withoutCommits(data)).toEqual(withoutCommits(report));
    } finally {
      await bench.github.close();
    }
  });
});
