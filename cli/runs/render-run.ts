import { canMove, type RunState, stateTable } from '../../core/migration/states.ts';
import { sentence } from '../../core/rendering/sentence.ts';
import { shown, wrapped } from '../../core/rendering/terminal-text.ts';
import type { Run, RunOutcome } from '../../registry/runs/run.ts';
import { workingStates } from '../../runner/execute.ts';
import { terminal } from '../paint.ts';
import { progressLines } from './progress-lines.ts';
import { secondsBetween, spanOf } from './spans.ts';

export interface View {
  /** Columns of the terminal. */
  readonly width: number;
  readonly now: Date;
}

type Line = readonly [label: string, text: string];

const labelWidth = 11;
/** Seconds after which a run that should be worked on, and of which nothing is heard, needs somebody to look. */
const quietAfter = 90;

/** All that is known of a run, line by line: first what whoever is woken by it has to know. */
export function renderRun(
  run: Run,
  view: View = { width: terminal().width, now: new Date() },
  /** What a planned run waits for, in words. */
  waits: readonly string[] = [],
): string {
  const { progress } = run;
  const lines: Line[] = [
    ['run', `${run.id}, ${run.schema} ${run.fromVersion ?? '?'} → ${run.toVersion ?? '?'}`],
    ['state', `${run.state}: ${stateTable[run.state].meaning}`],
    ['in use', inUse(run)],
    ...waits.map((wait, index): Line => [index === 0 ? 'waits for' : '', wait]),
    ...(run.step === undefined
      ? []
      : [['step', `${progress ? `${progress.step} of ${progress.steps}, ` : ''}${run.step}`] as const]),
    ...progressLines(run),
    ...timeLines(run, view.now),
    ...errorLines(run),
    ...outcomeLines(run, run.outcome ?? {}),
    ['table', `${run.target.table} in the database ${run.target.database}`],
    ['origin', `${run.repository}, pull request ${run.pullRequest}, commit ${run.mergeCommit.slice(0, 12)}`],
    ...wishLines(run),
  ];
  return `${lines.flatMap((line) => layOut(line, view.width)).join('\n')}\n`;
}

/** Which table the application works with: the first question at night. */
function inUse({ state }: Pick<Run, 'state'>): string {
  const newTable: readonly RunState[] = ['reversing', 'completing', 'completed'];
  if (newTable.includes(state)) {
    return state === 'reversing'
      ? 'the new table; the old one is kept, and what is written is noted for the way back'
      : 'the new table';
  }
  switch (state) {
    case 'cutting-over':
      return 'the old table, untouched, until the swap commits';
    case 'rolling-back':
      return 'the new table, until the swap back commits';
    case 'rolled-back':
      return 'the old table, with what was written since the cutover';
    case 'needs-attention':
      return 'see the error';
    default:
      return 'the old table, untouched';
  }
}

function timeLines(run: Run, now: Date): Line[] {
  const { started, finished, updated, state } = run;
  const quiet = secondsBetween(updated, now);
  return [
    ...(started === undefined
      ? []
      : [
          [
            'time',
            `${spanOf(secondsBetween(started, finished ?? now))}, from ${started.toISOString().slice(0, 19)}Z${finished === undefined ? '' : ` to ${finished.toISOString().slice(0, 19)}Z`}`,
          ] as const,
        ]),
    ...(workingStates.includes(state) && quiet > quietAfter
      ? [
          [
            'quiet',
            state === 'planned'
              ? `for ${spanOf(quiet)}: it waits for its window or conditions, or no runner with the address of its database is up`
              : `nothing is heard of it for ${spanOf(quiet)}: is a runner up?`,
          ] as const,
        ]
      : []),
  ];
}

function errorLines({ error, state, outcome }: Run): Line[] {
  if (error === undefined) return [];
  const over = state === 'completed' || state === 'rolled-back' || state === 'reversing';
  const said: Line[] = [
    [over ? 'was held by' : 'error', sentence(error.message)],
    ...(error.remedy === undefined || outcome?.incident !== undefined
      ? []
      : [['next', sentence(error.remedy)] as const]),
  ];
  return said;
}

function outcomeLines(run: Run, { backup, incident, rehearsed, issue }: RunOutcome): Line[] {
  return [
    ...(incident === undefined
      ? []
      : [
          ['cause', sentence(incident.likelyCause)] as const,
          ...incident.nextSteps.map(
            (step, index): Line => [index === 0 ? 'next' : '', `${index + 1}. ${sentence(step)}`],
          ),
        ]),
    ...(issue === undefined ? [] : [['issue', `#${issue} of ${run.repository}`] as const]),
    ...(backup === undefined
      ? []
      : [['backup', `${backup.location}, ${backup.records} records, SHA-256 ${backup.checksum}`] as const]),
    ...(rehearsed
      ? [['rehearsed', `everything but the swap went well; \`sluice retry ${run.id}\` orders the run itself`] as const]
      : []),
  ];
}

/** What can be asked of it from where it is. */
function wishLines({ id, state }: Run): Line[] {
  const over: readonly RunState[] = ['failed', 'cancelled', 'rolled-back'];
  const wishes = [
    ...(state !== 'paused' && canMove(state, 'paused') ? ['pause'] : []),
    ...(state === 'paused' ? ['resume'] : []),
    ...(canMove(state, 'cancelled') || canMove(state, 'cancelling') ? ['cancel'] : []),
    ...(state !== 'needs-attention' && canMove(state, 'rolling-back') ? ['rollback'] : []),
    ...(state === 'reversing' ? ['complete'] : []),
    ...(state === 'needs-attention' ? ['rollback'] : []),
    ...(over.includes(state) ? ['retry'] : []),
  ];
  return wishes.map((wish, index) => [
    index === 0 ? 'possible' : '',
    `sluice ${wish} ${id}${wish === 'rollback' ? ' (--preview says first what it would meet)' : ''}`,
  ]);
}

function layOut([label, text]: Line, width: number): string[] {
  const lines = wrapped(shown(text), Math.max(30, width - labelWidth));
  return lines.map((line, index) => `${(index === 0 ? label : '').padEnd(labelWidth)}${line}`.trimEnd());
}
