import { availableParallelism } from 'node:os';
import type { MigrationScript } from '../../core/migration/script.ts';
import { type RoomOrder, type RoomProcess, startRoom } from './room-process.ts';
import { outcomeOf, type ScriptOutcome, type ScriptRecord } from './script-outcome.ts';
import { javaScriptOf } from './strip-types.ts';

/** A script in processes of its own. */
export interface OpenScript {
  /** What becomes of each record, in their order. Waits while all processes are busy, so whoever feeds it is held back. */
  transform(records: readonly ScriptRecord[]): Promise<readonly ScriptOutcome[]>;
  /** Ends all processes. */
  close(): Promise<void>;
}

export interface ScriptOptions {
  /** What `context` says in the script; the record's key is added. */
  readonly context: { readonly schema: string; readonly from: string; readonly to: string };
  /** How many processes; absent: as many as there are processors, up to four. */
  readonly processes?: number;
  /** Does the requests of the script, after its host was found to be declared. */
  readonly fetch?: typeof globalThis.fetch;
}

/** Milliseconds that a portion should take, so that a slow record is found soon; and that it may take at most. */
const aim = 200;
const patience = 5_000;
/** Milliseconds that the way to the process and back may take on a busy machine. */
const grace = 250;
const mostInPortion = 1_000;

/**
 * Starts one process, to see that the script can be loaded, and the others when they are needed. Throws `InputError` for a
 * script that cannot be read or loaded.
 */
export async function openScript(script: MigrationScript, options: ScriptOptions): Promise<OpenScript> {
  const { context, fetch = globalThis.fetch, processes = Math.min(4, availableParallelism()) } = options;
  const order: RoomOrder = { script, code: await javaScriptOf(script), context, fetch };
  const idle: RoomProcess[] = [await startRoom(order)];
  const all = new Set(idle);
  const waiting: ((room: RoomProcess | Promise<RoomProcess>) => void)[] = [];
  let places = processes - 1;
  let portion = 16;
  let closed = false;

  return {
    async transform(records) {
      const outcomes: Promise<readonly ScriptOutcome[]>[] = [];
      for (let at = 0; at < records.length; at += portion) outcomes.push(run(records.slice(at, at + portion)));
      return (await Promise.all(outcomes)).flat();
    },
    async close() {
      closed = true;
      for (const room of all) room.end();
    },
  };

  async function run(records: readonly ScriptRecord[]): Promise<readonly ScriptOutcome[]> {
    const room = await take();
    const began = performance.now();
    const [first] = records;
    const alone = records.length === 1;
    const answer = await room.run(records, alone ? script.timeout + grace : Math.max(script.timeout, patience));
    if (typeof answer !== 'string') {
      give(room);
      resize(performance.now() - began, records.length);
      return records.map((_, index) => outcomeOf(answer[index], script.text));
    }
    replace(room);
    if (first === undefined || closed) return [];
    if (alone) return [{ outcome: 'refused', pointer: '', reason: reasons(script)[answer] }];
    // One of them is to blame; one by one, the others come through.
    const each: ScriptOutcome[] = [];
    for (const record of records) each.push(...(await run([record])));
    return each;
  }

  async function take(): Promise<RoomProcess> {
    const room = idle.pop();
    if (room !== undefined) return room;
    if (places > 0) {
      places -= 1;
      return start();
    }
    return new Promise<RoomProcess>((resolve) => waiting.push(resolve));
  }

  function give(room: RoomProcess): void {
    const next = waiting.shift();
    if (next !== undefined) next(room);
    else idle.push(room);
  }

  async function start(): Promise<RoomProcess> {
    const room = await startRoom(order);
    all.add(room);
    if (closed) room.end();
    return room;
  }

  /** Its process is gone; another takes its place when somebody waits for it. */
  function replace(room: RoomProcess): void {
    room.end();
    all.delete(room);
    const next = waiting.shift();
    if (next !== undefined) next(start());
    else places += 1;
  }

  function resize(took: number, records: number): void {
    if (records < portion && took < aim) return;
    portion = Math.max(
      1,
      Math.min(mostInPortion, Math.round(took < aim / 2 ? portion * 2 : took > aim * 2 ? portion / 2 : portion)),
    );
  }
}

function reasons({ timeout, memory }: MigrationScript) {
  return {
    'too-slow': `takes the script more than ${timeout} ms`,
    'too-large': `takes the script more than ${memory} MB of memory`,
    ended: 'ends the process of the script',
  } as const;
}
