import { setTimeout as sleep } from 'node:timers/promises';
import type { Run } from '../../registry/runs/run.ts';
import { workingStates } from '../../runner/execute.ts';
import { progressLine } from './progress-lines.ts';
import { renderRun } from './render-run.ts';

/** A terminal, or whatever else takes text. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Milliseconds between two looks. */
const pause = 1000;

/**
 * Shows a run until it has come to rest: on a terminal in one place, elsewhere a line for every change, and all of it at the end. Held
 * or waiting runs are followed too; whoever has enough interrupts.
 */
export async function watchRun(screen: Screen, read: () => Promise<Run>, every = pause): Promise<void> {
  let drawn = 0;
  let said = '';
  for (;;) {
    const run = await read();
    const isOver = !workingStates.includes(run.state);
    if (screen.isTTY === true) {
      const text = renderRun(run, { width: Math.max(40, screen.columns ?? 80), now: new Date() });
      // Back to the first line of what stands there, and nothing below it.
      screen.write(`${drawn === 0 ? '' : `\u001B[${drawn}A\u001B[0J`}${text}`);
      drawn = text.split('\n').length - 1;
    } else if (isOver) {
      screen.write(renderRun(run));
    } else {
      const line = progressLine(run);
      if (line !== said) screen.write(`${line}\n`);
      said = line;
    }
    if (isOver) return;
    await sleep(every);
  }
}
