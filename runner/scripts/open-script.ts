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
  const waiting: { resolve(room: RoomProcess): void; reject(error: unknown): void }[] = [];
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
      return records.map((_, index) => outcomeOf(answer.outcomes[index], answer.texts[index], script.text));
    }
    replace(room);
    if (first === undefined || closed) return [];
    if (alone) return [{ outcome: 'refused', pointer: '', reason: reasons(script)[answer] }];
    // One of them is to blame; one by one, the others come through.
    const each: ScriptOutcome[] = [];
    for (const record of records) each.push(...(await run([record])));
    return each;
  }

  /** The first that is free; another one is started, but it may take longer than those that are there. */
  async function take(): Promise<RoomProcess> {
    const room = idle.pop();
    if (room !== undefined) return room;
    return new Promise<RoomProcess>((resolve, reject) => {
      waiting.push({ resolve, reject });
      startAnother();
    });
  }

  function startAnother(): void {
    if (places === 0 || waiting.length === 0) return;
    places -= 1;
    start().then(give, (error: unknown) => {
      places += 1;
      // The others are there still, or nobody is.
      if (all.size === 0) for (const each of waiting.splice(0)) each.reject(error);
    });
  }

  function give(room: RoomProcess): void {
    const next = waiting.shift();
    if (next !== undefined) next.resolve(room);
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
    places += 1;
    // Who waits for a script that is closed hears so from any process that is gone.
    if (closed) waiting.shift()?.resolve(room);
    else startAnother();
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
