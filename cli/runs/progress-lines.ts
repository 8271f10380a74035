import { countOf, formatCount } from '../../core/rendering/numbers.ts';
import type { Run, RunProgress } from '../../registry/runs/run.ts';
import { workingStates } from '../../runner/execute.ts';
import { spanOf } from './spans.ts';

const barLength = 24;

/** How far the records are, for a terminal: a bar, figures, and what holds it. */
export function progressLines(run: Run): readonly (readonly [label: string, text: string])[] {
  const { progress } = run;
  if (progress === undefined) return [];
  const { batches, remaining, captured, checkpoint, setAside, hold } = progress;
  const speed = [
    ...speedOf(run, progress),
    `batch ${formatCount(batches)}`,
    ...(isCopying(run) && remaining !== undefined ? [`about ${spanOf(remaining)} left`] : []),
    ...(checkpoint === undefined ? [] : [`last checkpoint ${checkpoint}`]),
  ];
  return [
    ['records', `${bar(run, progress)} ${recordsOf(run, progress)}`],
    ['', speed.join(', ')],
    ...(captured > 0 ? [['', `${countOf(captured, 'write')} of the application carried over`] as const] : []),
    ...(setAside ? [['set aside', `${countOf(setAside, 'record')} that would not be valid`] as const] : []),
    ...(hold === undefined || !isAtWork(run) ? [] : [['holding', hold] as const]),
  ];
}

/** The same on one line, for a log. */
export function progressLine(run: Run): string {
  const { progress } = run;
  if (progress === undefined) return run.state;
  const { hold, remaining } = progress;
  return [
    run.state,
    ...(run.step === undefined ? [] : [`step ${progress.step} of ${progress.steps}, ${run.step}`]),
    recordsOf(run, progress),
    ...speedOf(run, progress),
    ...(isCopying(run) && remaining !== undefined ? [`about ${spanOf(remaining)} left`] : []),
    ...(hold === undefined ? [] : [`holding: ${hold}`]),
  ].join(' · ');
}

function speedOf(run: Run, { recordsPerSecond, runners }: RunProgress): string[] {
  if (!isCopying(run)) return [];
  return [`${formatCount(recordsPerSecond)} records/s`, ...(runners === undefined ? [] : [`${runners} runners`])];
}

/** Whole percent. The total is an estimate until the copy is over, so 100 waits for its end. */
export function percentOf(run: Pick<Run, 'state'>, { records, total }: RunProgress): number {
  if (total <= 0) return 0;
  const share = Math.floor((100 * records) / total);
  return run.state === 'backfilling' ? Math.min(99, share) : Math.min(100, share);
}

function recordsOf(run: Run, progress: RunProgress): string {
  const { records } = progress;
  const total = Math.max(progress.total, records);
  const about = run.state === 'backfilling' ? 'about ' : '';
  return `${percentOf(run, progress)} %, ${formatCount(records)} of ${about}${countOf(total, 'record')}`;
}

function bar(run: Run, progress: RunProgress): string {
  const full = Math.round((percentOf(run, progress) / 100) * barLength);
  return '█'.repeat(full) + '░'.repeat(barLength - full);
}

/** What held a run is of no interest once it rests. */
export function isAtWork({ state }: Pick<Run, 'state'>): boolean {
  return workingStates.includes(state);
}

function isCopying({ state }: Pick<Run, 'state'>): boolean {
  return state === 'backfilling';
}
