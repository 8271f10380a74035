import { Command, Option } from 'commander';
import type { Pool } from 'pg';
import { ChainCheck, type ChainVerdict } from '../../core/audit/chain-check.ts';
import { csvHeader, csvLine } from '../../core/audit/csv.ts';
import { InputError } from '../../core/input-error.ts';
import { readChain, readChainHead } from '../../registry/audit/read-chain.ts';
import { inTransaction } from '../../registry/database.ts';
import { readExport } from '../audit/read-export.ts';
import { renderVerdict } from '../audit/render-verdict.ts';
import { writeOut } from '../audit/write-out.ts';
import { refusingBadInput, withRegistry } from '../runs/open.ts';

/** `sluice audit`: who approved, released, ran and rolled back what, and proof that nobody changed it since. */
export function auditCommand(): Command {
  return new Command('audit')
    .description('Verify or export the audit trail: who did what, when, and why.')
    .addCommand(verifyCommand())
    .addCommand(exportCommand());
}

interface VerifyOptions {
  readonly expect?: string;
  readonly file?: string;
}

function verifyCommand(): Command {
  return new Command('verify')
    .description('Check that no event was changed, taken out, put in or moved, and say which if so.')
    .option('--expect <hash>', 'hash of an event that was noted earlier: it must still be in the trail')
    .option('--file <file>', 'verify an export (jsonl, of all repositories) instead of the registry')
    .addHelpText(
      'after',
      `
Each event holds the hash of the one before it. Somebody who may write to the database can write all hashes again, or cut
off the end; a hash that was noted elsewhere (--expect) shows that too.

Needs SLUICE_REGISTRY_URL, but for --file.

Exit codes: 0 the trail is as it was recorded, 1 it is not, 2 bad input.`,
    )
    .action(async (options: VerifyOptions) => {
      const { file, expect } = options;
      const settle = (verdict: ChainVerdict): void => {
        process.stdout.write(renderVerdict(verdict));
        if (verdict.found > 0) process.exitCode = 1;
      };
      await refusingBadInput(async () => {
        if (expect !== undefined && !/^[0-9a-f]{64}$/.test(expect))
          throw new InputError('--expect is no hash', { remedy: 'A hash has 64 hexadecimal digits in small letters.' });
        if (file !== undefined) settle(await verify(readExport(file), expect));
        else await withRegistry(async (registry) => settle(await verifyRegistry(registry, expect)));
      });
    });
}

/** In one snapshot: what is appended meanwhile would be an event that the registry does not remember. */
function verifyRegistry(registry: Pool, expect: string | undefined): Promise<ChainVerdict> {
  return inTransaction(registry, async (client) => {
    await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    return verify(readChain(client), expect, await readChainHead(client));
  });
}

async function verify(
  events: AsyncIterable<Parameters<ChainCheck['add']>[0]>,
  expect: string | undefined,
  head?: ChainVerdict['last'],
): Promise<ChainVerdict> {
  const check = new ChainCheck(expect);
  for await (const event of events) check.add(event);
  return check.finish(head);
}

interface ExportOptions {
  readonly format: 'jsonl' | 'csv';
  readonly repository?: string;
}

function exportCommand(): Command {
  return new Command('export')
    .description('Print the audit trail, oldest first.')
    .addOption(new Option('--format <format>', 'how to print it').choices(['jsonl', 'csv']).default('jsonl'))
    .option('--repository <owner/name>', 'of one repository only (verifying a file needs all of them)')
    .addHelpText(
      'after',
      `
jsonl keeps everything that \`sluice audit verify --file\` needs. In csv, cells that a spreadsheet would run as a formula
begin with an apostrophe.

Needs SLUICE_REGISTRY_URL.

Exit codes: 0 printed, 2 bad input.`,
    )
    .action(({ format, repository }: ExportOptions) =>
      withRegistry(async (registry) => {
        if (format === 'csv') await writeOut(csvHeader);
        let isEmpty = true;
        for await (const event of readChain(registry, { repository })) {
          isEmpty = false;
          await writeOut(format === 'csv' ? csvLine(event) : `${JSON.stringify(event)}\n`);
        }
        // A name with a mistake in it must not look like a repository in which nothing happened.
        if (isEmpty && repository !== undefined) process.stderr.write(`The trail has no event of ${repository}.\n`);
      }),
    );
}
