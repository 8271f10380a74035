import picomatch from 'picomatch';
import type { Problem } from '../review/review.ts';
import { address, type Locate, name } from './explain.ts';
import type { WrittenConfiguration } from './fill-defaults.ts';
import { looksLikeAddress } from './secrets.ts';

/** What a JSON Schema cannot say of a configuration: names that lead nowhere, globs that leave the repository, secrets. */
export function crossChecks(written: WrittenConfiguration, locate: Locate): Problem[] {
  return [
    ...sets(written, locate),
    ...targets(written, locate),
    ...rules(written, locate),
    ...waivers(written, locate),
  ];
}

function* sets(written: WrittenConfiguration, locate: Locate): Generator<Problem> {
  const known = Object.keys(written.targets ?? {});
  for (const [at, set] of (written.schemas ?? []).entries()) {
    const fault = globFault(set.files);
    if (fault !== undefined) yield { place: locate(['schemas', `${at}`, 'files']), ...fault };
    if (set.target === undefined || Object.hasOwn(written.targets ?? {}, set.target)) continue;
    yield {
      place: locate(['schemas', `${at}`, 'target']),
      problem: `schemas[${at}] names the target "${set.target}", which is not among the targets`,
      remedy: known.length > 0 ? `Name one of ${known.join(', ')}, or add it.` : 'Add it under `targets`.',
    };
  }
}

function* waivers(written: WrittenConfiguration, locate: Locate): Generator<Problem> {
  for (const [at, { files }] of (written.waivers ?? []).entries()) {
    const fault = globFault(files);
    if (fault !== undefined) yield { place: locate(['waivers', `${at}`, 'files']), ...fault };
  }
}

function globFault(glob: string): { problem: string; remedy: string } | undefined {
  if (glob.startsWith('/') || glob.startsWith('!') || glob.split('/').includes('..')) {
    return {
      problem: `The glob "${glob}" does not describe paths of the repository`,
      remedy: 'Write a path relative to the root of the repository, such as schemas/**/*.json.',
    };
  }
  try {
    picomatch.makeRe(glob, { strictBrackets: true });
    return undefined;
  } catch {
    return { problem: `The glob "${glob}" cannot be read`, remedy: 'Close its brackets and braces.' };
  }
}

function* targets(written: WrittenConfiguration, locate: Locate): Generator<Problem> {
  for (const [target, settings] of Object.entries(written.targets ?? {})) {
    for (const [setting, value] of Object.entries(settings)) {
      const path = ['targets', target, setting];
      if (typeof value === 'string' && looksLikeAddress(value)) yield address(name(path), locate(path));
    }
  }
}

function* rules(written: WrittenConfiguration, locate: Locate): Generator<Problem> {
  const names = new Set<string>();
  for (const [at, rule] of (written.approval ?? []).entries()) {
    if (names.has(rule.name)) {
      yield {
        place: locate(['approval', `${at}`, 'name']),
        problem: `Two approval rules have the name "${rule.name}"`,
        remedy: 'Give each its own name.',
      };
    }
    names.add(rule.name);
    const users = new Set((rule.users ?? []).map((user) => user.toLowerCase()));
    const wanted = rule.require ?? 1;
    if (users.size > 0 && (rule.teams ?? []).length === 0 && users.size < wanted) {
      yield {
        place: locate(['approval', `${at}`, 'users']),
        problem: `The rule "${rule.name}" asks for ${wanted} people and names ${users.size}`,
        remedy: 'Name more people or ask for fewer.',
      };
    }
  }
}
