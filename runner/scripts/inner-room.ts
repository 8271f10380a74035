import type { RoomApi } from './room-api.ts';

/**
 * The room that a script lives in: runs in a V8 context with nothing but the language, and is sent there as text, so it may
 * use nothing from outside. Whatever it needs it takes before the script can change it. It gives and takes texts only: an
 * object or a function of the process outside would be a way out.
 */
export function innerRoom(settings: string): RoomApi {
  const { parse, stringify } = JSON;
  const { freeze, hasOwn, defineProperty } = Object;
  const kinds = [TypeError, RangeError, ReferenceError, SyntaxError, EvalError, URIError, Error];
  const { context, network } = parse(settings) as { context: Record<string, string>; network: boolean };
  type Transform = (record: unknown, context: unknown) => unknown;
  let transform: Transform | undefined;
  let validate: Transform | undefined;
  let keys: readonly string[] = [];
  let documents: readonly string[] = [];
  let results = '';
  let current = -1;
  let lines: string[] = [];
  // JSON has it only escaped.
  const separator = '\u001e';
  // Nobody can write it into a record beforehand.
  const mark = `\uE000${Math.random()}:`;
  const marked = new RegExp(`"${mark}([0-9]+)"`, 'g');
  // A number stands behind one of these; a text that looks so only costs time. None can be rounded that is short and has no exponent.
  const mayBeRounded = /(?:^|[:[,])\s*-?(?:[0-9.]*[eE]|[0-9]{16}|[0-9.]{17})/;
  const mayHaveScale = /(?:^|[:[,])\s*-?[0-9]+\.[0-9]*0(?![0-9])/;
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
      results = '';
      current = 0;
      step();
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
        lines.push(`R${results}`);
        current = -1;
      } else if (current >= 0 && waiting.size === 0) {
        // Nothing outside can wake it: it would wait for ever.
        settle(current, refused('waits in the script for what never comes'));
        return 'again';
      }
      const said = lines.map((line) => `${line}\n`).join('');
      lines = [];
      return said;
    },
  });

  function step(): void {
    const index = current;
    const document = documents[index];
    if (document === undefined) return;
    void one(keys[index] ?? '', document).then((result) => settle(index, result));
  }

  function settle(index: number, result: string): void {
    if (index !== current) return;
    results += index === 0 ? result : separator + result;
    current += 1;
    step();
  }

  async function one(key: string, document: string): Promise<string> {
    const about = freeze({ ...context, key });
    try {
      const { read, write } = reader(document);
      const after = await transform?.(read(), about);
      if (after === null) return '1';
      const written = write(after);
      if (written === undefined) return refused('becomes nothing in the script that could be kept');
      const text = withScale(document, written);
      const verdict = validate === undefined ? true : await validate(reader(text).read(), about);
      if (verdict === true) return `0${text}`;
      return typeof verdict === 'string' ? `3${stringify(verdict)}` : refused('is refused by validateRecord');
    } catch (error) {
      return refused(`makes the script throw ${describe(error)}`);
    }
  }

  function refused(reason: string): string {
    return `2${stringify(reason)}`;
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

  interface Token {
    readonly raw: string;
    readonly start: number;
    readonly end: number;
  }

  /**
   * A record for the script. A number that JavaScript would round is an object that it can put anywhere, but not reckon with:
   * adding to it throws. Its digits are in `digits`, as text.
   */
  function reader(document: string) {
    const kept: string[] = [];
    let text = '';
    let at = 0;
    const found = mayBeRounded.test(document) ? numbersIn(document).values() : [];
    for (const { raw, start, end } of found) {
      if (normal(raw) === normal(String(Number(raw)))) continue;
      text += `${document.slice(at, start)}"${mark}${kept.push(raw) - 1}"`;
      at = end;
    }
    text += document.slice(at);
    const open = (_: string, value: unknown) => {
      if (typeof value !== 'string' || !value.startsWith(mark)) return value;
      const digits = kept[Number(value.slice(mark.length))];
      return freeze({ __proto__: null, digits, toJSON: () => value });
    };
    return {
      read: () => (kept.length === 0 ? parse(document) : parse(text, open)) as unknown,
      /** The text of a record that was made of this one, digits in place; undefined where the script took a number apart. */
      write: (after: unknown): string | undefined => {
        const written = stringify(after) as string | undefined;
        if (written === undefined || kept.length === 0) return written;
        const whole = written.replace(marked, (_, index: string) => kept[Number(index)] ?? 'null');
        return whole.includes(mark) ? undefined : whole;
      },
    };
  }

  /** The text after, with the scale that numbers had before (1.10), where they stand in the same place. */
  function withScale(before: string, after: string): string {
    if (!mayHaveScale.test(before)) return after;
    const has = numbersIn(after);
    let text = '';
    let at = 0;
    for (const [place, { raw }] of numbersIn(before)) {
      const found = has.get(place);
      if (found === undefined || found.raw === raw || normal(found.raw) !== normal(raw)) continue;
      has.set(place, { ...found, raw });
    }
    for (const { raw, start, end } of has.values()) {
      text += after.slice(at, start) + raw;
      at = end;
    }
    return text + after.slice(at);
  }

  /** The number's digits and power of ten, the same for the same decimal number. */
  function normal(raw: string): string {
    const [, sign = '', whole = '', fraction = '', power = '0'] =
      /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/.exec(raw) ?? [];
    const digits = (whole + fraction).replace(/^0+/, '');
    const short = digits.replace(/0+$/, '');
    return short === '' ? '0' : `${sign}${short}e${Number(power) - fraction.length + digits.length - short.length}`;
  }

  /** All number tokens of a JSON text by JSON pointer. */
  function numbersIn(text: string): Map<string, Token> {
    const found = new Map<string, Token>();
    const token = /\s*(?:([{}[\],:])|("(?:[^"\\]|\\.)*")|(-?[0-9][0-9.eE+-]*)|true|false|null)/sy;
    const open: { name: string; index: number | undefined }[] = [];
    let isName = false;
    for (;;) {
      const match = token.exec(text);
      if (match === null) return found;
      const [, mark, string, raw] = match;
      const inner = open.at(-1);
      if (mark === '{' || mark === '[') {
        open.push({ name: '', index: mark === '[' ? 0 : undefined });
        isName = mark === '{';
      } else if (mark === '}' || mark === ']') open.pop();
      else if (mark === ',' && inner !== undefined) {
        if (inner.index === undefined) isName = true;
        else inner.index += 1;
      } else if (mark === ':') isName = false;
      else if (string !== undefined && isName && inner !== undefined) inner.name = parse(string) as string;
      else if (raw !== undefined) {
        const place = open.map(
          ({ name, index }) =>
            `/${String(index ?? name)
              .replace(/~/g, '~0')
              .replace(/\//g, '~1')}`,
        );
        found.set(place.join(''), { raw, start: token.lastIndex - raw.length, end: token.lastIndex });
      }
    }
  }

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
