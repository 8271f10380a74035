import type { Problem } from '../review/review.ts';
import type { Locate } from './explain.ts';
import {
  type WrittenApproval,
  type WrittenRequirement,
  type WrittenRule,
  writtenRequirements,
} from './fill-approval.ts';
import { globFault } from './glob-fault.ts';

/** What a JSON Schema cannot say of `approval:`: names that are given twice, more people than there are, globs that cannot match. */
export function* approvalChecks(written: WrittenApproval | undefined, locate: Locate): Generator<Problem> {
  if (written === undefined) return;
  const from = 'rules' in written ? ['approval', 'rules'] : ['approval'];
  const names = new Set<string>();
  for (const { node, path } of walk(writtenRequirements(written), from)) {
    for (const [at, glob] of (node.when?.schemas ?? []).entries()) {
      const fault = globFault(glob);
      if (fault !== undefined) yield { place: locate([...path, 'when', 'schemas', `${at}`]), ...fault };
    }
    if (!('and' in node) && !('or' in node)) yield* checkRule(node, path, names, locate);
  }
}

function* checkRule(rule: WrittenRule, path: string[], names: Set<string>, locate: Locate): Generator<Problem> {
  if (names.has(rule.name)) {
    yield {
      place: locate([...path, 'name']),
      problem: `Two approval rules have the name "${rule.name}"`,
      remedy: 'Give each its own name.',
    };
  }
  names.add(rule.name);
  const users = new Set((rule.users ?? []).map((user) => user.toLowerCase()));
  const wanted = rule.require ?? 1;
  if (users.size === 0 || users.size >= wanted || (rule.teams ?? []).length > 0 || rule.codeowners === true) return;
  yield {
    place: locate([...path, 'users']),
    problem: `The rule "${rule.name}" asks for ${wanted} people and names ${users.size}`,
    remedy: 'Name more people or ask for fewer.',
  };
}

function* walk(
  nodes: readonly WrittenRequirement[],
  path: readonly string[],
): Generator<{ node: WrittenRequirement; path: string[] }> {
  for (const [at, node] of nodes.entries()) {
    const here = [...path, `${at}`];
    yield { node, path: here };
    if ('and' in node) yield* walk(node.and, [...here, 'and']);
    if ('or' in node) yield* walk(node.or, [...here, 'or']);
  }
}
