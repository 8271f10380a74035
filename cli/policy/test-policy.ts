import { dirname, resolve } from 'node:path';
import { explain } from '../../core/approval/decide.ts';
import type { Decision } from '../../core/approval/decision.ts';
import { rulesOf } from '../../core/approval/outcome.ts';
import { writtenFacts } from '../../core/approval/written-facts.ts';
import { countOf } from '../../core/rendering/numbers.ts';
import { type PolicyCase, readCases } from './read-facts.ts';
import { readPolicy } from './read-policy.ts';
import { renderExplained } from './render-explained.ts';

export interface CaseResult {
  readonly name: string;
  readonly ok: boolean;
  /** What is otherwise than expected. */
  readonly differences: readonly string[];
  readonly decision: Decision;
  readonly explanation: string;
}

/** Decides every case of a file by its policy, and compares with what the case expects. */
export async function testPolicy(path: string, policyPath?: string): Promise<readonly CaseResult[]> {
  const { cases, policy: own, floor, ...shared } = await readCases(path);
  const from = (file: string | undefined): string | undefined =>
    file === undefined ? undefined : resolve(dirname(path), file);
  const policy = await readPolicy(policyPath ?? from(own), from(floor));
  const results: CaseResult[] = [];
  for (const each of cases) {
    const { facts, fingerprint } = writtenFacts({ ...shared, ...each });
    const explained = await explain(policy, facts, fingerprint);
    const rules = rulesOf(explained.subjects.map(({ outcome }) => outcome)).map(({ rule }) => rule);
    const differences = differencesOf(each, explained.decision, rules);
    const ok = differences.length === 0;
    results.push({
      name: each.name,
      ok,
      differences,
      decision: explained.decision,
      explanation: renderExplained(explained),
    });
  }
  return results;
}

export function renderResults(results: readonly CaseResult[]): string {
  const lines = results.flatMap(({ name, ok, differences, explanation }) =>
    ok
      ? [`✔ ${name}`]
      : [
          `✖ ${name}`,
          ...differences.map((line) => `    ${line}`.trimEnd()),
          ...explanation
            .trimEnd()
            .split('\n')
            .map((line) => `    ${line}`.trimEnd()),
        ],
  );
  const failed = results.filter(({ ok }) => !ok).length;
  return `${[...lines, `${countOf(results.length, 'case')}, ${failed === 0 ? 'all as expected' : `${failed} not as expected`}`].join('\n')}\n`;
}

function differencesOf(expected: PolicyCase, decision: Decision, rules: readonly string[]): string[] {
  const found: [string, unknown, unknown][] = [
    ['decision', expected.expect, decision.state],
    ['missing', expected.missing, decision.state === 'waiting' ? decision.missing : 0],
    ['by', sorted(expected.by), sorted('by' in decision ? decision.by : [])],
    ['asked', sorted(expected.asked), sorted(rules)],
  ];
  return found
    .filter(([, wanted, is]) => wanted !== undefined && JSON.stringify(wanted) !== JSON.stringify(is))
    .map(([what, wanted, is]) => `${what}: expected ${words(wanted)}, and it is ${words(is)}`);
}

function sorted(names: readonly string[] | undefined): readonly string[] | undefined {
  return names && [...new Set(names)].sort((left, right) => (left < right ? -1 : 1));
}

function words(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') || 'nobody' : String(value);
}
