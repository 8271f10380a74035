import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { planCommand } from '../../../cli/commands/plan.ts';

const properties = {
  claim_id: { type: 'string' },
  claim_amount: { type: 'string' },
  policy_number: { type: 'string' },
};
const oldClaim = { version: '2.8.0', type: 'object', required: ['claim_id'], properties };
const newClaim = {
  version: '3.0.0',
  type: 'object',
  required: ['claim_id', 'policy_number'],
  properties: { ...properties, claim_amount: { type: 'number' } },
};
const migration = `schema: insurance-claim
from: 2.8.0
to: 3.0.0
transform:
  - cast: { at: /claim_amount, from: string, to: number }
  - default: { at: /policy_number, value: UNASSIGNED }
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-plan-'));
  write('old.json', JSON.stringify(oldClaim));
  write('new.json', JSON.stringify(newClaim));
  write('migration.yml', migration);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

/** Files of the folder are named by `@`. */
async function plan(...given: string[]): Promise<{ out: string; err: string; code: number }> {
  const [out, err] = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')];
  for (const stream of [out, err]) stream.mockReturnValue(true);
  vi.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Error(`exit ${code}`);
  });
  let code: number | undefined;
  try {
    await planCommand().parseAsync(
      given.map((part) => part.replace(/^@/, `${folder}/`)),
      { from: 'user' },
    );
  } catch (error) {
    code = Number(/^exit (\d+)$/.exec(error instanceof Error ? error.message : '')?.[1] ?? Number.NaN);
  }
  const written = (stream: typeof out) => stream.mock.calls.map(([text]) => String(text)).join('');
  return { out: written(out), err: written(err), code: code ?? Number(process.exitCode) };
}

describe('sluice plan', () => {
  it('proposes a migration and says what only a person can know', async () => {
    const { out, code } = await plan('@old.json', '@new.json');
    expect(code).toBe(1);
    expect(out).toMatchSnapshot();
  });

  it('prints the proposed file alone, ready to be kept', async () => {
    const { out, code } = await plan('@old.json', '@new.json', '--format', 'yaml');
    expect(code).toBe(1);
    expect(out).toContain('  - cast: { at: /claim_amount, from: string, to: number }\n');
    expect(out).toContain('# Not known: Which policy_number records get that lack it.\n');
  });

  it('takes its own proposal back once it is filled in', async () => {
    const { out: proposal } = await plan('@old.json', '@new.json', '--format', 'yaml');
    vi.restoreAllMocks();
    write('proposal.yml', proposal.replace(/"<fill in[^"]*>"/, 'UNASSIGNED'));
    expect(await plan('@old.json', '@new.json', '--migration', '@proposal.yml')).toMatchObject({ code: 0, err: '' });
  });

  it('refuses a migration that is no UTF-8', async () => {
    writeFileSync(join(folder, 'latin.yml'), Buffer.from(`${migration}# caf\u00e9\n`, 'latin1'));
    const { err, code } = await plan('@old.json', '@new.json', '--migration', '@latin.yml');
    expect(code).toBe(2);
    expect(err).toMatch(/latin\.yml: The file is not UTF-8 text\. .*\n$/);
  });

  it('judges a given migration and proves it', async () => {
    const { out, code } = await plan('@old.json', '@new.json', '--migration', '@migration.yml', '--format', 'json');
    const planned = JSON.parse(out) as { proof: unknown; plan: { losses: string[]; gaps: string[] } };
    expect(code).toBe(0);
    expect(planned.proof).toEqual({
      result: 'proved',
      preconditions: ['every claim_amount is a decimal number as text'],
    });
    expect(planned.plan).toMatchObject({ gaps: [], losses: ['which records lacked policy_number'] });
  });

  it('shows a record that a given migration does not mend', async () => {
    write('migration.yml', migration.replace(/ {2}- default.*\n/, ''));
    const { out, code } = await plan('@old.json', '@new.json', '--migration', '@migration.yml');
    expect(code).toBe(1);
    expect(out).toContain("no: the record must have required property 'policy_number', for the record");
  });

  it('is satisfied when no operation is needed', async () => {
    const { out, code } = await plan('@old.json', '@old.json');
    expect(code).toBe(0);
    expect(out).toContain('nothing: no operation is needed');
  });

  it('says all that is wrong with a migration file, with places', async () => {
    write('migration.yml', migration.replace('cast:', 'convert:').replace('3.0.0', '2.8.0'));
    const { err, code, out } = await plan('@old.json', '@new.json', '--migration', '@migration.yml');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    const lines = err.trimEnd().split('\n');
    expect(lines.map((line) => /migration\.yml:(\d+):/.exec(line)?.[1])).toEqual(['3', '5']);
  });

  it.each([
    ['a missing file', ['@none.json', '@new.json'], 'There is no such file'],
    ['a missing migration', ['@old.json', '@new.json', '--migration', '@none.yml'], 'There is no such file'],
    ['a missing argument', ['@old.json'], "missing required argument 'new'"],
    ['an unknown format', ['@old.json', '@new.json', '--format', 'xml'], 'Allowed choices are text, json, yaml'],
  ])('answers %s with exit code 2', async (_, given, message) => {
    const { err, code } = await plan(...given);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it('does not let a name in a schema move the cursor', async () => {
    write('new.json', JSON.stringify({ ...newClaim, required: ['\u001b[2J\u202e'] }));
    const { out } = await plan('@old.json', '@new.json');
    expect(out).toContain('⟨U+001B⟩[2J⟨U+202E⟩');
    for (const hidden of ['\u001b', '\u202e']) expect(out).not.toContain(hidden);
  });
});
