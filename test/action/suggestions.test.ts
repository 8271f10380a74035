import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../core/schema/json.ts';
import { claim280, claim300, claimPath, migration, migrationPath } from '../core/review/claim-files.ts';
import { type Proposal, type Workbench, workbenchWith } from './workbench.ts';

const configuration = `schemas:
  - { files: 'schemas/**/*.json', compatibility: BACKWARD, target: claims }
targets:
  claims: { table: public.claims, key: id, document: body }
`;
const tooLow = claim300.replace('"version": "3.0.0"', '"version": "2.9.0"');
const wrongWay = migration.replace('from: 2.8.0', 'from: 2.7.0');
/** Only the amount changes: what is to be done with it needs no person. */
const amount300 = claim300.replace(',\n    "policy_number"\n', '\n');
const notEnough = 'from: 2.8.0\nto: 3.0.0\ntransform:\n  - rename: { at: /policy_number, to: policy }\n';

let bench: Workbench;
beforeAll(async () => {
  bench = await workbenchWith({ [claimPath]: claim280, '.github/sluice.yml': configuration });
});
afterAll(() => bench.github.close());

async function suggestions(proposal: Proposal) {
  const comments = await proposal.pull.lineComments('developer');
  return comments.map(({ path, start_line, line, body }) => ({
    path,
    lines: [start_line ?? line, line],
    text: /^(`{3,})suggestion\n([^]*?)\n\1$/m.exec(body)?.[2],
  }));
}

/** What GitHub does when somebody presses the button. */
function committed(
  text: string,
  [first = 0, last = 0]: readonly (number | null)[],
  written: string | undefined,
): string {
  const lines = text.split('\n');
  return [...lines.slice(0, (first ?? 0) - 1), written, ...lines.slice(last ?? 0)].join('\n');
}

describe('a suggestion on the lines of a pull request', () => {
  it('raises the version where it is too low, once, and goes when it is committed', async () => {
    const proposal = await bench.propose({ [claimPath]: tooLow });
    expect((await proposal.run()).exitCode).toBe(1);
    const [suggested, ...others] = await suggestions(proposal);
    expect(others).toEqual([]);
    expect(suggested).toMatchObject({ path: claimPath, text: '  "version": "3.0.0",' });
    const [comment = ''] = await proposal.comments();
    expect(comment).toMatch(
      /\*\*To commit with one click:\*\* \[`schemas\/insurance-claim\.json:\d+`\]\(http\S+#discussion_r\d+\)/,
    );
    expect(comment).not.toContain('```diff');
    await proposal.run();
    expect(await suggestions(proposal)).toEqual([suggested]);

    const mended = committed(tooLow, suggested?.lines ?? [], suggested?.text);
    expect(mended).toBe(claim300);
    await proposal.push({ [claimPath]: mended });
    await proposal.run();
    expect(await suggestions(proposal)).toEqual([]);
    expect((await proposal.comments())[0]).not.toContain('one click');
  });

  it('corrects what a migration says of its versions', async () => {
    const proposal = await bench.propose({ [claimPath]: claim300, [migrationPath]: wrongWay });
    await proposal.run();
    const [suggested] = await suggestions(proposal);
    expect(suggested).toEqual({ path: migrationPath, lines: [1, 1], text: 'from: 2.8.0' });
    expect(committed(wrongWay, [1, 1], suggested?.text)).toBe(migration);
  });

  it('puts a migration that is proved in the place of one that is not', async () => {
    const proposal = await bench.propose({ [claimPath]: amount300, [migrationPath]: notEnough });
    expect((await proposal.run()).exitCode).toBe(1);
    const [suggested, ...others] = await suggestions(proposal);
    expect(others).toEqual([]);
    expect(suggested).toMatchObject({ path: migrationPath, lines: [1, 4] });
    const mended = committed(notEnough, [1, 4], suggested?.text);
    await proposal.push({ [migrationPath]: mended });
    await proposal.run();
    expect(await suggestions(proposal)).toEqual([]);
    expect((await proposal.comments())[0]).toContain('is proved: every record');
  });

  it('follows its line when something is pushed before it, and leaves no second one', async () => {
    const proposal = await bench.propose({ [claimPath]: claim300, [migrationPath]: wrongWay });
    await proposal.run();
    await proposal.push({ [migrationPath]: `# A line more\n${wrongWay}` });
    await proposal.run();
    expect(await suggestions(proposal)).toEqual([{ path: migrationPath, lines: [2, 2], text: 'from: 2.8.0' }]);
    await proposal.push({ [migrationPath]: wrongWay.replace('from: 2.7.0', 'from: 2.6.0') });
    await proposal.run();
    expect(await suggestions(proposal)).toEqual([{ path: migrationPath, lines: [1, 1], text: 'from: 2.8.0' }]);
  });

  it('is not made on lines that are no part of the difference', async () => {
    const far = claim280.replace('"policy_number": {', '"policy_number": {\n      "minLength": 3,');
    const proposal = await bench.propose({ [claimPath]: far });
    await proposal.run();
    expect(await suggestions(proposal)).toEqual([]);
    expect((await proposal.comments())[0]).toContain('```diff');
  });

  it('is not made where the workflow does not want it, and goes where it did', async () => {
    const proposal = await bench.propose({ [claimPath]: tooLow });
    await proposal.run({ inputs: { suggestions: 'false' } });
    expect(await suggestions(proposal)).toEqual([]);
    await proposal.run();
    expect(await suggestions(proposal)).toHaveLength(1);
    await proposal.run({ inputs: { suggestions: 'false' } });
    expect(await suggestions(proposal)).toEqual([]);
  });

  it('is not made where the token may only read, nor for a fork', async () => {
    const proposal = await bench.propose({ [claimPath]: tooLow });
    await proposal.run({}, { contents: 'read', pull_requests: 'read' });
    expect(await suggestions(proposal)).toEqual([]);
    const result = await proposal.run({
      event: (payload) => {
        const pull = payload['pull_request'] as { head: JsonObject };
        return {
          ...payload,
          pull_request: { ...pull, head: { ...pull.head, repo: { full_name: 'stranger/claims' } } },
        };
      },
    });
    expect(result.exitCode).toBe(1);
    expect(await suggestions(proposal)).toEqual([]);
  });

  it('leaves the comments of others alone, whatever they hold', async () => {
    const proposal = await bench.propose({ [claimPath]: tooLow });
    await proposal.run();
    const [own] = await proposal.pull.lineComments('developer');
    await proposal.pull.lineComment('developer', { path: claimPath, line: own?.line ?? 0, body: own?.body ?? '' });
    await proposal.push({ [claimPath]: claim300 });
    await proposal.run();
    expect((await proposal.pull.lineComments('developer')).map(({ user }) => user.login)).toEqual(['developer']);
  });
});
