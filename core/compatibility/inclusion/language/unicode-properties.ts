/**
 * A pattern of the Unicode mode with each `\p{…}` written out as the characters it stands for, taken from the very engine that
 * validates documents: refa brings tables of an older Unicode, in which thousands of letters are none.
 * Throws `SyntaxError` for a property that the engine does not know.
 */
export function spellProperties(source: string): string {
  let isInClass = false;
  return source.replace(/\\(?:([pP]\{[^}]*\})|[\s\S])|[[\]]/g, (token, property: string | undefined) => {
    if (token === '[') isInClass = true;
    if (token === ']') isInClass = false;
    if (property === undefined) return token;
    const ranges = rangesOf(property);
    return isInClass ? ranges : `[${ranges}]`;
  });
}

const known = new Map<string, string>();

/** `\u{41}-\u{5a}…`: what a class says between its brackets. */
function rangesOf(property: string): string {
  const made = known.get(property) ?? read(new RegExp(`\\${property}+`, 'gu'));
  known.set(property, made);
  return made;
}

const planeSize = 0x1_00_00;
const planes = 17;
const lowHalves = { from: 0xdc_00, to: 0xe0_00 };

function read(runs: RegExp): string {
  const found: [number, number][] = [];
  for (const [from, to] of stretches()) {
    const width = from >= planeSize ? 2 : 1;
    for (const { index, 0: run } of text(from, to).matchAll(runs)) {
      const start = from + index / width;
      const end = start + run.length / width - 1;
      const last = found.at(-1);
      if (last && last[1] === start - 1) last[1] = end;
      else found.push([start, end]);
    }
  }
  return found.map(([start, end]) => (start === end ? escape(start) : `${escape(start)}-${escape(end)}`)).join('');
}

/** All characters, in parts in which no two halves of a pair meet. */
function stretches(): [number, number][] {
  const inside: [number, number][] = [
    [0, lowHalves.from],
    [lowHalves.from, lowHalves.to],
    [lowHalves.to, planeSize],
  ];
  for (let plane = 1; plane < planes; plane += 1) inside.push([plane * planeSize, (plane + 1) * planeSize]);
  return inside;
}

function text(from: number, to: number): string {
  let made = '';
  for (let at = from; at < to; at += 1) made += String.fromCodePoint(at);
  return made;
}

function escape(character: number): string {
  return `\\u{${character.toString(16)}}`;
}
