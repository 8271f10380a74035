// Takes the picture of the comment in README.md: the real one, from the demo's pull request, in a real browser.
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { runAction } from '../action.ts';
import { migration, migrationPath, schemaAfter, schemaPath } from '../demo/claims.ts';
import { startStack } from '../demo/stack.ts';
import { packageRoot } from '../root.ts';
import { commentPage } from './comment-page.ts';

const path = process.argv[2] ?? join(packageRoot(), 'docs', 'comment.png');
const markdown = await realComment();
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-sync'],
});
try {
  const page = await browser.newPage({ viewport: { width: 900, height: 600 }, deviceScaleFactor: 2 });
  await page.setContent(commentPage(markdown));
  await mkdir(dirname(path), { recursive: true });
  await page.locator('article').screenshot({ path });
} finally {
  await browser.close();
}
console.log(path);

async function realComment(): Promise<string> {
  const stack = await startStack(100_000, () => undefined);
  try {
    const { github, repository, claimsUrl } = stack;
    const files = { [schemaPath]: schemaAfter, [migrationPath]: migration };
    await repository.commitFiles('claims-3', files, { by: 'developer' });
    const pull = await repository.openPullRequest({ head: 'claims-3', title: 'Claims 3.0.0', by: 'developer' });
    const token = github.actionsToken(repository, { contents: 'read', pull_requests: 'write', checks: 'write' });
    await runAction({ github, repository, pull, token, environment: { SLUICE_DATABASE_URL: claimsUrl } });
    const [comment] = await pull.comments('developer');
    if (comment === undefined) throw new Error('The Action posted no comment.');
    return comment.body;
  } finally {
    await stack.close();
  }
}
