import type { RunState } from '../../core/migration/states.ts';
import { stateTable } from '../../core/migration/states.ts';
import { countOf, formatCount } from '../../core/rendering/numbers.ts';
import { render } from '../../core/rendering/render.ts';
import { sentence } from '../../core/rendering/sentence.ts';
import { onOneLine } from '../../core/rendering/visible.ts';
import { unreachable } from '../../core/unreachable.ts';
import type { CheckRun } from '../../github/check-run.ts';
import type { Run, RunError, RunProgress } from '../../registry/runs/run.ts';
import { withoutTextKeys } from './without-text-keys.ts';

const barLength = 20;

/** A run in words, for its check on GitHub. `issue`: number of the one that tells of its failure. */
export function describeRun(
  run: Run,
  issue?: number,
  waits: readonly string[] = [],
): Pick<CheckRun, 'state' | 'title' | 'summary'> {
  const { progress, error } = run;
  const isRehearsed = run.state === 'cancelled' && run.outcome?.rehearsed === true;
  const done = progress && !isRehearsed ? share(run.state, progress) : undefined;
  const phase: Phase = isRehearsed ? { state: 'neutral', verb: 'Rehearsed' } : phaseOf(run.state);
  const title = onOneLine(titleOf(run, phase, done, progress));
  const summary = render('app/run-check', {
    headline: `${phase.verb} ${run.schema} ${run.fromVersion ?? ''} → ${run.toVersion ?? ''}`,
    percent: done === undefined ? '' : `${done} %`,
    bar: done === undefined ? '' : bar(done),
    meaning: isRehearsed ? 'The table is as it was' : stateTable[run.state].meaning,
    step: run.step ?? '',
    rehearsed: isRehearsed,
    progress: progress ? progressWords(progress) : '',
    // What held a run is of no interest once it rests.
    hold: phase.state === 'in_progress' && run.state !== 'paused' ? (progress?.hold ?? waits.join('; ')) : '',
    checkpoint: progress?.checkpoint ?? '',
    rollback: progress?.rollbackAvailable === true && run.state === 'reversing',
    run: run.id,
    error: error ? errorWords(error) : undefined,
    issue: issue ?? '',
    untouched: error !== undefined && phase.state === 'failure',
    migration: run.migrationPath,
    table: run.target.table,
  });
  return { state: phase.state, title, summary };
}

function errorWords(error: RunError): object {
  const { message, remedy, key, pointer } = withoutTextKeys(error);
  const words = remedy === undefined ? '' : sentence(remedy);
  return { message: sentence(message), remedy: words, key: key ?? '', pointer: pointer ?? '' };
}

interface Phase {
  readonly state: CheckRun['state'];
  readonly verb: string;
}

function phaseOf(state: RunState): Phase {
  switch (state) {
    case 'planned':
      return { state: 'in_progress', verb: 'Waiting to migrate' };
    case 'prechecking':
    case 'shadowing':
    case 'capturing':
    case 'backfilling':
    case 'verifying':
    case 'cutting-over':
      return { state: 'in_progress', verb: 'Migrating' };
    case 'paused':
      return { state: 'in_progress', verb: 'Paused: migrating' };
    case 'reversing':
    case 'completing':
    case 'completed':
      return { state: 'success', verb: 'Migrated' };
    case 'rolling-back':
      return { state: 'in_progress', verb: 'Rolling back' };
    case 'rolled-back':
      return { state: 'neutral', verb: 'Rolled back' };
    case 'cancelling':
      return { state: 'in_progress', verb: 'Calling off' };
    case 'cancelled':
      return { state: 'cancelled', verb: 'Called off' };
    case 'failing':
    case 'failed':
      return { state: 'failure', verb: 'Not migrated' };
    case 'needs-attention':
      return { state: 'action_required', verb: 'A person must look at' };
    default:
      return unreachable(state);
  }
}

function titleOf(run: Run, phase: Phase, done: number | undefined, progress: RunProgress | undefined): string {
  const versions = `${run.schema} ${run.fromVersion ?? ''} → ${run.toVersion ?? ''}`;
  if (phase.state === 'success' && progress) return `${phase.verb} ${countOf(progress.records, 'record')}: ${versions}`;
  if (phase.state === 'in_progress' && done !== undefined) return `${phase.verb} ${versions} · ${done} %`;
  return `${phase.verb} ${versions}`;
}

/** Whole percent of the records. The total is an estimate until the copy is over, so 100 has to wait for the cutover. */
function share(state: RunState, { records, total }: RunProgress): number {
  if (phaseOf(state).state === 'success') return 100;
  return total <= 0 ? 0 : Math.min(99, Math.floor((records / total) * 100));
}

function bar(percent: number): string {
  const full = Math.round((percent / 100) * barLength);
  return '█'.repeat(full) + '░'.repeat(barLength - full);
}

function progressWords(progress: RunProgress): string {
  const words = [
    `step ${progress.step} of ${progress.steps}`,
    `batch ${formatCount(progress.batches)}`,
    `${formatCount(progress.records)} of ${countOf(Math.max(progress.total, progress.records), 'record')}`,
    `${formatCount(progress.recordsPerSecond)} records/s`,
    ...(progress.runners === undefined ? [] : [`${progress.runners} runners`]),
  ];
  if (progress.captured > 0) words.push(`${formatCount(progress.captured)} written meanwhile and carried over`);
  if (progress.remaining !== undefined)
    words.push(`about ${formatCount(Math.max(1, Math.ceil(progress.remaining)))} s left`);
  return words.join(' · ');
}
