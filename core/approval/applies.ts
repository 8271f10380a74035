import picomatch from 'picomatch';
import type { ApprovalConditions } from '../configuration/approval-policy.ts';
import type { Subject } from './subject.ts';

/** Whether the conditions of a rule hold, and in words the first reason why not, or what is not known. */
export type Applies = { readonly holds: 'yes' } | { readonly holds: 'no' | 'unknown'; readonly why: string };

const yes: Applies = { holds: 'yes' };

/** Whether all conditions hold of a schema: one that does not decides; one that is not known leaves it open. */
export function applies(when: ApprovalConditions | undefined, subject: Subject): Applies {
  if (when === undefined) return yes;
  const answers = [
    when.schemas && schemas(when.schemas, subject),
    when.changes && changes(when.changes, subject),
    when.onlyChanges && onlyChanges(when.onlyChanges, subject),
    when.severity && oneOf(when.severity, subject.severity, 'the step of the version'),
    when.recordsAbove === undefined ? undefined : records(when.recordsAbove, subject),
    when.environment && environment(when.environment, subject),
    when.lossy === undefined ? undefined : lossy(when.lossy, subject),
    when.undecided === undefined ? undefined : undecided(when.undecided, subject),
  ].filter((answer) => answer !== undefined);
  return answers.find(({ holds }) => holds === 'no') ?? answers.find(({ holds }) => holds === 'unknown') ?? yes;
}

function schemas(globs: readonly string[], { path, previousPath }: Subject): Applies {
  const matches = picomatch([...globs], { dot: true });
  return matches(path) || (previousPath !== undefined && matches(previousPath))
    ? yes
    : no(`it is for ${globs.join(', ')}`);
}

function changes(kinds: readonly string[], subject: Subject): Applies {
  if (subject.changes === undefined) return unknown('what changes cannot be told');
  return subject.changes.some((kind) => kinds.includes(kind)) ? yes : no(`it is for ${kinds.join(', ')}`);
}

function onlyChanges(kinds: readonly string[], subject: Subject): Applies {
  if (subject.changes === undefined) return unknown('what changes cannot be told');
  const other = subject.changes.find((kind) => !kinds.includes(kind));
  return other === undefined ? yes : no(`it is for nothing but ${kinds.join(', ')}, and there is ${other}`);
}

function oneOf(wanted: readonly string[], given: string | undefined, what: string): Applies {
  if (given === undefined) return unknown(`${what} is not known`);
  return wanted.includes(given) ? yes : no(`${what} is ${given}`);
}

function records(above: number, subject: Subject): Applies {
  if (subject.records === undefined) return unknown('how many records it touches was not counted');
  return subject.records > above ? yes : no(`it touches ${subject.records} records, not more than ${above}`);
}

function environment(wanted: readonly string[], subject: Subject): Applies {
  if (subject.environment === null) return no('no target holds its records');
  return oneOf(wanted, subject.environment, 'the environment of its target');
}

function lossy(wanted: boolean, subject: Subject): Applies {
  if (subject.lossy === undefined) return unknown('whether its migration loses something is not known');
  return subject.lossy === wanted ? yes : no(`its migration loses ${subject.lossy ? 'something' : 'nothing'}`);
}

function undecided(wanted: boolean, subject: Subject): Applies {
  return (subject.verdict === 'undecided') === wanted ? yes : no(`its verdict is ${subject.verdict}`);
}

function no(why: string): Applies {
  return { holds: 'no', why };
}

function unknown(why: string): Applies {
  return { holds: 'unknown', why };
}
