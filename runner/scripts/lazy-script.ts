import type { MigrationScript } from '../../core/migration/script.ts';
import { type OpenScript, openScript, type ScriptOptions } from './open-script.ts';
import type { ScriptOutcome, ScriptRecord } from './script-outcome.ts';

/** Milliseconds that the processes of a script wait for more before they are ended. */
const patience = 15_000;

/** A script whose processes are there only while records come. Throws `InputError` where it cannot be loaded. */
export function lazyScript(
  script: MigrationScript,
  options: ScriptOptions,
): (records: readonly ScriptRecord[]) => Promise<readonly ScriptOutcome[]> {
  let opening: Promise<OpenScript> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let running = 0;

  return async function transform(records) {
    if (records.length === 0) return [];
    clearTimeout(timer);
    running += 1;
    opening ??= openScript(script, options);
    const current = opening;
    try {
      return await (await current).transform(records);
    } catch (error) {
      if (opening === current) opening = undefined;
      throw error;
    } finally {
      running -= 1;
      if (running === 0) rest();
    }
  };

  function rest(): void {
    timer = setTimeout(() => {
      const ending = opening;
      opening = undefined;
      void ending?.then((opened) => opened.close());
    }, patience);
    // It keeps nobody from ending: the processes end with the runner.
    timer.unref();
  }
}
