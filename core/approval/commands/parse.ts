import { conditionProblem } from '../condition.ts';

/** What a person asks of Sluice in a comment. */
export type Command =
  | { readonly verb: 'approve'; readonly conditions: readonly string[] }
  | { readonly verb: 'reject'; readonly reason: string }
  | { readonly verb: 'conditions'; readonly tick?: number }
  | { readonly verb: 'plan' | 'help' | 'reanalyse' }
  /** `window`: as it was written, or the name of one; absent: asks when the run may start. */
  | { readonly verb: 'schedule'; readonly window?: string }
  | { readonly verb: RunVerb; readonly run?: string };

export const runVerbs = ['pause', 'resume', 'cancel', 'rollback', 'retry', 'rehearse', 'continue'] as const;
export type RunVerb = (typeof runVerbs)[number];

/** Begins with the word and is no command: why, in words. */
export interface NoCommand {
  readonly verb: 'unknown';
  readonly problem: string;
}

export const mostConditions = 20;
export const longestCondition = 300;

const word = '/sluice';

/** Whether a comment is meant for Sluice at all: the first word of its first line, from the first column on. */
export function isForSluice(body: string): boolean {
  const line = firstLine(body);
  return line === word || line.startsWith(`${word} `);
}

/**
 * The command of a comment; undefined when it has none. Only its first line counts, from the first column on: what stands in quotes, in code
 * or further below is none. Nothing is guessed: a word too many is a problem, not a command.
 */
export function parseCommand(body: string): Command | NoCommand | undefined {
  if (!isForSluice(body)) return undefined;
  const [verb = 'help', ...rest] = firstLine(body).slice(word.length).trim().split(/\s+/).filter(Boolean);
  const after = rest.join(' ');
  switch (verb) {
    case 'approve':
      return approve(after, body);
    case 'reject':
      return { verb, reason: after.slice(0, longestCondition) };
    case 'conditions':
      return conditions(rest);
    case 'schedule':
      return after === '' ? { verb } : { verb, window: after };
    case 'plan':
    case 'help':
    case 'reanalyse':
      return rest.length === 0 ? { verb } : tooMuch(verb);
    case 'pause':
    case 'resume':
    case 'cancel':
    case 'rollback':
    case 'retry':
    case 'rehearse':
    case 'continue': {
      const [run, ...more] = rest;
      if (more.length > 0 || (run !== undefined && !/^[a-z0-9]{10}$/.test(run))) {
        return { verb: 'unknown', problem: `\`${word} ${verb}\` takes the id of a run, or nothing` };
      }
      return run === undefined ? { verb } : { verb, run };
    }
    default:
      return { verb: 'unknown', problem: `There is no such command; \`${word} help\` lists them` };
  }
}

/** `approve`, `approve if <condition>; <condition>`, or `approve if` above a task list. */
function approve(after: string, body: string): Command | NoCommand {
  if (after === '') return { verb: 'approve', conditions: [] };
  const condition = /^if(?: (.+))?$/.exec(after);
  if (!condition)
    return { verb: 'unknown', problem: `After \`${word} approve\` comes nothing, or \`if\` and conditions` };
  const written = (condition[1] ?? '').split(';').map((one) => one.trim());
  const conditions = [...written.filter((one) => one !== ''), ...(condition[1] === undefined ? openTasks(body) : [])];
  if (conditions.length === 0) {
    return { verb: 'unknown', problem: `After \`${word} approve if\` come conditions, or a task list below it` };
  }
  return unusable(conditions) ?? { verb: 'approve', conditions };
}

function conditions(rest: readonly string[]): Command | NoCommand {
  if (rest.length === 0) return { verb: 'conditions' };
  const [tick, number = '', ...more] = rest;
  if (tick === 'tick' && /^[1-9]\d?$/.test(number) && more.length === 0)
    return { verb: 'conditions', tick: Number(number) };
  return {
    verb: 'unknown',
    problem: `After \`${word} conditions\` comes nothing, or \`tick\` and the number of a condition`,
  };
}

/** The tasks of a markdown list that are not ticked: outside of quotes and code. */
export function openTasks(body: string): readonly string[] {
  let fence: string | undefined;
  const tasks: string[] = [];
  for (const line of body.split(/\r?\n/)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark !== undefined && fence === undefined) fence = mark;
    else if (mark !== undefined && fence !== undefined && mark.startsWith(fence)) fence = undefined;
    const task = fence === undefined ? /^ {0,3}[-*+] \[ \] +(\S.*)$/.exec(line)?.[1] : undefined;
    if (task !== undefined) tasks.push(task.trim());
  }
  return tasks;
}

/** Why these conditions cannot be taken, if they cannot. */
export function unusable(conditions: readonly string[]): NoCommand | undefined {
  if (conditions.length > mostConditions)
    return { verb: 'unknown', problem: `More than ${mostConditions} conditions are too many` };
  if (conditions.some((one) => one.length > longestCondition))
    return { verb: 'unknown', problem: `A condition has at most ${longestCondition} characters` };
  const problem = conditions.map(conditionProblem).find((one) => one !== undefined);
  return problem === undefined ? undefined : { verb: 'unknown', problem };
}

function tooMuch(verb: string): NoCommand {
  return { verb: 'unknown', problem: `After \`${word} ${verb}\` comes nothing` };
}

function firstLine(body: string): string {
  return (body.split(/\r?\n/)[0] ?? '').trimEnd();
}
