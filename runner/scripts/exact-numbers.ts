/** A record on its way into a script and out of it. */
export interface RecordReader {
  readonly read: (document: string) => unknown;
  /** The text of a record that was made of that one, digits in place; undefined where the script took a number apart, or left nothing. */
  readonly write: (after: unknown) => string | undefined;
}

interface Token {
  readonly raw: string;
  readonly start: number;
  readonly end: number;
}

/**
 * How records go through a script without losing a digit. Runs in the room of the script and is sent there as text, as `innerRoom` is: it may use nothing
 * from outside, and takes what it needs before the script can change it.
 */
export function exactNumbers(): (document: string) => RecordReader {
  const { parse, stringify } = JSON;
  const { freeze } = Object;
  // Nobody can write it into a record beforehand.
  const mark = `\uE000${Math.random()}:`;
  const marked = new RegExp(`"${mark}([0-9]+)"`, 'g');
  // A number stands behind one of these; a text that looks so only costs time. None can be rounded that is short and has no exponent.
  const before = '(?:^|[:[,])\\s*-?';
  const [rounded, scale] = ['[0-9.]*[eE]|[0-9]{16}|[0-9.]{17}', '[0-9]+\\.[0-9]*0(?![0-9])'];
  const mayBeRounded = new RegExp(`${before}(?:${rounded})`);
  const mayHaveScale = new RegExp(`${before}${scale}`);
  // Both at once: most records have neither.
  const mayLoseDigits = new RegExp(`${before}(?:${rounded}|${scale})`);

  /** Of a record without such numbers. */
  const plain: RecordReader = { read: (document) => parse(document) as unknown, write: stringify };

  return readerOf;

  /**
   * A record for the script. A number that JavaScript would round is an object that it can put anywhere, but not reckon with:
   * adding to it throws. Its digits are in `digits`, as text.
   */
  function readerOf(document: string): RecordReader {
    if (!mayLoseDigits.test(document)) return plain;
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
      write: (after) => {
        const written = stringify(after) as string | undefined;
        if (written === undefined) return undefined;
        if (kept.length === 0) return withScale(document, written);
        const whole = written.replace(marked, (_, index: string) => kept[Number(index)] ?? 'null');
        return whole.includes(mark) ? undefined : withScale(document, whole);
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
}
