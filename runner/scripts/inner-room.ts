import type { RecordReader } from './exact-numbers.ts';
import type { RoomApi } from './room-api.ts';

/**
 * The room that a script lives in: runs in a V8 context with nothing but the language, and is sent there as text, so it may
 * use nothing from outside. Whatever it needs it takes before the script can change it. It gives and takes texts only: an
 * object or a function of the process outside would be a way out.
 */
export function innerRoom(settings: string, readerOf: (document: string) => RecordReader): RoomApi {
  const { parse, stringify } = JSON;
  const { freeze, hasOwn, defineProperty } = Object;
  const kinds = [TypeError, RangeError, ReferenceError, SyntaxError, EvalError, URIError, Error];
  const { context, network } = parse(settings) as { context: Record<string, string>; network: boolean };
  /** What becomes of a record: changed, skipped, refused here or by validateRecord. */
  interface Answer {
    readonly outcome: '0' | '1' | '2' | '3';
    readonly text: string;
  }
  const skipped: Answer = { outcome: '1', text: '' };
  // The script may put another in its place.
  const NativePromise = Promise;
  type Transform = (record: unknown, context: unknown) => unknown;
  let transform: Transform | undefined;
  let validate: Transform | undefined;
  let keys: readonly string[] = [];
  let documents: readonly string[] = [];
  /** A character for each record, see `outcomeOf`. */
  let outcomes = '';
  let texts: string[] = [];
  let current = -1;
  let lines: string[] = [];
  // JSON has it only escaped.
  const separator = '\u001e';
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>();
  let requests = 0;

  // A hook of V8's that would be handed parts of the process outside.
  defineProperty(Error, 'prepareStackTrace', { value: undefined, writable: false, configurable: false });
  const quiet = () => undefined;
  const globals: Record<string, unknown> = {
    // Records must not get into logs, but a forgotten line must not stop a migration either.
    console: freeze({ log: quiet, info: quiet, debug: quiet, warn: quiet, error: quiet }),
    ...(network ? { fetch: request } : {}),
  };
  Reflect.deleteProperty(globalThis, 'WebAssembly');
  for (const [name, value] of Object.entries(globals)) defineProperty(globalThis, name, { value });

  return freeze({
    enter(script: Record<string, unknown>): string {
      if (typeof script['transformRecord'] !== 'function') return 'exports no function transformRecord';
      transform = script['transformRecord'] as Transform;
      if (typeof script['validateRecord'] === 'function') validate = script['validateRecord'] as Transform;
      return '';
    },
    describe,
    start(batch: string): void {
      const [first = '[]', ...others] = batch.split(separator);
      keys = parse(first) as readonly string[];
      documents = others;
      outcomes = '';
      texts = [];
      current = 0;
      proceed();
    },
    fetched(answer: string): void {
      const { id, response, failure } = parse(answer) as { id: number; response?: unknown; failure?: string };
      const waiter = waiting.get(id);
      waiting.delete(id);
      if (failure === undefined) waiter?.resolve(responseOf(response as Response));
      else waiter?.reject(new TypeError(failure));
    },
    /** What is to be said; `again` where asking once more may give more. */
    take(): string {
      if (current >= documents.length && current >= 0) {
        lines.push(`R${outcomes}${separator}${texts.join(separator)}`);
        current = -1;
      } else if (current >= 0 && waiting.size === 0) {
        // Nothing outside can wake it: it would wait for ever.
        settle(current, refused('waits in the script for what never comes'));
        proceed();
        return 'again';
      }
      const said = lines.map((line) => `${line}\n`).join('');
      lines = [];
      return said;
    },
  });

  /** Up to the first record whose script waits, or to the end. */
  function proceed(): void {
    for (;;) {
      const index = current;
      const document = documents[index];
      if (document === undefined) return;
      const answer = one(keys[index] ?? '', document);
      if (answer instanceof NativePromise) {
        void proceedAfter(index, answer);
        return;
      }
      settle(index, answer);
    }
  }

  async function proceedAfter(index: number, answer: Promise<Answer>): Promise<void> {
    if (settle(index, await answer)) proceed();
  }

  /** False: it comes too late. */
  function settle(index: number, { outcome, text }: Answer): boolean {
    if (index !== current) return false;
    outcomes += outcome;
    texts.push(text);
    current += 1;
    return true;
  }

  function one(key: string, document: string): Answer | Promise<Answer> {
    try {
      const about = { ...context, key };
      const { read, write } = readerOf(document);
      return whenThere(transform?.(read(document), about), (after) => {
        if (after === null) return skipped;
        const text = write(after);
        if (text === undefined) return refused('becomes nothing in the script that could be kept');
        if (validate === undefined) return { outcome: '0', text };
        return whenThere(validate(readerOf(text).read(text), about), (verdict) => {
          if (verdict === true) return { outcome: '0', text };
          if (typeof verdict === 'string') return { outcome: '3', text: stringify(verdict) };
          return refused('is refused by validateRecord');
        });
      });
    } catch (error) {
      return thrown(error);
    }
  }

  /** Goes on at once with what is no promise: to wait for one takes as long as a small script. */
  function whenThere(value: unknown, next: Next): Answer | Promise<Answer> {
    return isThenable(value) ? later(value, next) : next(value);
  }

  async function later(value: unknown, next: Next): Promise<Answer> {
    try {
      return await next(await value);
    } catch (error) {
      return thrown(error);
    }
  }

  function isThenable(value: unknown): boolean {
    const mayBe = (typeof value === 'object' && value !== null) || typeof value === 'function';
    return mayBe && typeof (value as { then?: unknown }).then === 'function';
  }

  function thrown(error: unknown): Answer {
    return refused(`makes the script throw ${describe(error)}`);
  }

  function refused(reason: string): Answer {
    return { outcome: '2', text: stringify(reason) };
  }

  /** Never the message: it may carry a value of the record. */
  function describe(error: unknown): string {
    try {
      const kind = kinds.find((each) => error instanceof each);
      if (kind === undefined) return 'something that is no error';
      const line = /sluice:script:([0-9]{1,6})/.exec(String((error as Error).stack))?.[1];
      const name = [
        'an Error',
        'a TypeError',
        'a RangeError',
        'a ReferenceError',
        'a SyntaxError',
        'an EvalError',
        'a URIError',
      ];
      return `${name[(kinds.indexOf(kind) + 1) % kinds.length] ?? 'an Error'}${line === undefined ? '' : ` at line ${line}`}`;
    } catch {
      return 'something that is no error';
    }
  }

  type Next = (value: unknown) => Answer | Promise<Answer>;

  interface Response {
    readonly status: number;
    readonly headers: Record<string, string>;
    readonly body: string;
  }

  /** What a script may give in place of a text. */
  type Text = string | number | boolean;

  /** As much of `fetch` as a lookup needs; the process outside does it, for declared hosts only. */
  function request(url: unknown, init: { method?: Text; headers?: Record<string, Text>; body?: Text } = {}) {
    requests += 1;
    const id = requests;
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(init.headers ?? {})) headers[name] = String(value);
    const { method = 'GET', body } = init;
    const asked = {
      id,
      url: String(url),
      method: String(method),
      headers,
      ...(body === undefined ? {} : { body: String(body) }),
    };
    lines.push(stringify({ fetch: asked }));
    return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  }

  function responseOf({ status, headers, body }: Response) {
    return freeze({
      status,
      ok: status >= 200 && status < 300,
      headers: freeze({
        get: (name: string) => (hasOwn(headers, name.toLowerCase()) ? headers[name.toLowerCase()] : null),
      }),
      text: async () => body,
      json: async () => parse(body) as unknown,
    });
  }
}
