import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { InputError } from '../../core/input-error.ts';
import type { MigrationScript } from '../../core/migration/script.ts';
import { exactNumbers } from './exact-numbers.ts';
import { innerRoom } from './inner-room.ts';
import { isolate } from './isolation.ts';
import { roomProcessMain } from './room-process-main.ts';
import { fetchForScript, type ScriptRequest } from './script-fetch.ts';
import type { ScriptRecord } from './script-outcome.ts';

/** Why a process of a script has no answer for a batch. */
export type RoomFailure = 'too-slow' | 'too-large' | 'ended';

/** For each record one character and one text, see `outcomeOf`. */
export interface RoomAnswer {
  readonly outcomes: string;
  readonly texts: readonly string[];
}

export interface RoomProcess {
  /** What the room sent for the records; or why it sent nothing, and then the process is gone. */
  run(records: readonly ScriptRecord[], deadline: number): Promise<RoomAnswer | RoomFailure>;
  end(): void;
}

/** What every process of one script is started with. */
export interface RoomOrder {
  readonly script: MigrationScript;
  /** The script as JavaScript. */
  readonly code: string;
  /** What `context` says in the script. */
  readonly context: Readonly<Record<string, string>>;
  readonly fetch: typeof globalThis.fetch;
}

/** Source of a function that makes the room. Everything in it is taken before there is a script. */
const room = `(settings) => (${innerRoom.toString()})(settings, (${exactNumbers.toString()})())`;

type Child = ChildProcessByStdio<Writable, Readable, null>;

/** Milliseconds for a process to start and the script to be loaded, also on a busy machine. */
const startTime = 30_000;
/** Megabytes that a process of Node takes besides the heap. */
const overhead = 160;
/** Between documents: JSON has it only escaped. */
const separator = '\u001e';
const mostOutput = 256_000_000;

/** Starts a process with the script in it. Throws `InputError` when the script cannot be loaded. */
export async function startRoom(order: RoomOrder): Promise<RoomProcess> {
  const { script, code, context } = order;
  const { command, args } = isolate(`(${roomProcessMain.toString()})(${JSON.stringify(room)})`, script.memory);
  const child: Child = spawn(command, args, {
    cwd: '/',
    env: {},
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const settings = JSON.stringify({ context, network: script.hosts.length > 0 });
  let failure: RoomFailure | undefined;
  let settle: ((answer: RoomAnswer | RoomFailure) => void) | undefined;
  let ready: ((failed: string | undefined) => void) | undefined;
  const watch = setInterval(() => {
    if (memoryOf(child.pid) > script.memory + overhead) kill('too-large');
  }, 100);
  watch.unref();

  child.on('error', () => gone('ended'));
  // V8 aborts where the heap has no room left.
  child.on('close', (status, signal) => gone(signal === 'SIGABRT' || status === 134 ? 'too-large' : 'ended'));
  // A process that has ended takes no more; `close` says so.
  child.stdin.on('error', () => undefined);
  readLines(child, receive, () => kill('too-large'));
  send(JSON.stringify({ script: code, settings }));
  const failed = await started();
  if (failed !== undefined) {
    kill('ended');
    throw new InputError(`The script ${failed}`, { remedy: 'Correct the script', place: { path: script.path } });
  }

  return {
    async run(records, deadline) {
      if (failure !== undefined) return failure;
      const timer = setTimeout(() => kill('too-slow'), deadline);
      const answer = await new Promise<RoomAnswer | RoomFailure>((resolve) => {
        settle = resolve;
        send(batchOf(records));
      });
      clearTimeout(timer);
      return answer;
    },
    end: () => kill('ended'),
  };

  function started(): Promise<string | undefined> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve('does not finish loading'), startTime);
      ready = (failed) => {
        clearTimeout(timer);
        resolve(failed);
      };
    });
  }

  function receive(line: string): void {
    if (line.startsWith('R')) {
      const [outcomes = '', ...texts] = line.slice(1).split(separator);
      settle?.({ outcomes, texts });
      return;
    }
    const {
      ready: isReady,
      failed,
      fetch,
    } = JSON.parse(line) as {
      ready?: boolean;
      failed?: string;
      fetch?: ScriptRequest;
    };
    if (isReady === true || failed !== undefined) ready?.(failed);
    if (fetch !== undefined)
      void fetchForScript(fetch, script.hosts, script.timeout, order.fetch).then((answer) =>
        send(JSON.stringify(answer)),
      );
  }

  function send(line: string): void {
    if (child.stdin.writable) child.stdin.write(`${line}\n`);
  }

  function kill(why: RoomFailure): void {
    gone(why);
    child.kill('SIGKILL');
  }

  function gone(why: RoomFailure): void {
    failure ??= why;
    clearInterval(watch);
    ready?.('ends its process while it is loaded');
    settle?.(failure);
  }
}

/** Documents go as they are: to quote them in JSON would cost more than the script. A line break in one is white space. */
function batchOf(records: readonly ScriptRecord[]): string {
  const documents = records.map(({ document }) => separator + document.replaceAll('\n', ' '));
  return JSON.stringify(records.map(({ key }) => key)) + documents.join('');
}

/** A line that is no JSON, or too much of it, comes from no room of ours. */
function readLines(child: Child, receive: (line: string) => void, tooMuch: () => void): void {
  let rest = '';
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (chunk: string) => {
    let at = 0;
    try {
      for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', at)) {
        const line = rest + chunk.slice(at, end);
        rest = '';
        at = end + 1;
        receive(line);
      }
    } catch {
      tooMuch();
    }
    rest += chunk.slice(at);
    if (rest.length > mostOutput) tooMuch();
  });
}

/** Megabytes that a process holds; 0 where the system does not say. */
function memoryOf(pid: number | undefined): number {
  if (pid === undefined || process.platform !== 'linux') return 0;
  try {
    const [, pages = '0'] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ');
    return (Number(pages) * 4096) / 1_048_576;
  } catch {
    return 0;
  }
}
