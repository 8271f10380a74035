import { afterEach } from 'vitest';
import type { MigrationScript } from '../../../core/migration/script.ts';
import { type OpenScript, openScript, type ScriptOptions } from '../../../runner/scripts/open-script.ts';
import type { ScriptOutcome } from '../../../runner/scripts/script-outcome.ts';

const opened: OpenScript[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((script) => script.close()));
});

/** Opens a script for one test, in TypeScript unless its path says otherwise. */
export async function open(
  text: string,
  part: Partial<MigrationScript> = {},
  options: Partial<ScriptOptions> = {},
): Promise<OpenScript> {
  const script = { path: 'migrations/claim/2.0.0.ts', text, hosts: [], timeout: 2000, memory: 64, ...part };
  const context = { schema: 'claim', from: '1.0.0', to: '2.0.0' };
  const result = await openScript(script, { context, processes: 1, ...options });
  opened.push(result);
  return result;
}

/** What a script makes of documents; `-` where it skips one, the reason where it refuses one. */
export async function outcomesOf(script: OpenScript, documents: readonly string[]): Promise<string[]> {
  const records = documents.map((document, index) => ({ key: String(index + 1), document }));
  return (await script.transform(records)).map(told);
}

function told(outcome: ScriptOutcome): string {
  switch (outcome.outcome) {
    case 'changed':
      return outcome.document;
    case 'skipped':
      return '-';
    case 'refused':
      return [outcome.pointer, outcome.reason].filter((part) => part !== '').join(' ');
    default:
      throw outcome satisfies never;
  }
}

/** A script whose `transformRecord` has this body. */
export function body(code: string): string {
  return `export async function transformRecord(record, context) { ${code} }`;
}
