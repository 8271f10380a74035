// refa carries Unicode's tables as JSON, 0.8 MB of `{"min":65,"max":90}`. In the bundle they are written shorter: distances in base 36.
// The values are the same; no compression is used, since its output may differ between versions of Node.
import { deepStrictEqual } from 'node:assert';
import { readFileSync } from 'node:fs';

const shortest = 200;
const literal = /JSON\.parse\(("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\)/g;

/** These two stand in the bundle, and undo `encodeRanges` and `encodeLists`. */
function unicodeRanges(text) {
  let at = 0;
  return text.split(' ').map((word) => {
    const [gap, length] = word.split('.');
    const min = at + Number.parseInt(gap, 36);
    at = min + (length ? Number.parseInt(length, 36) : 0);
    return { min, max: at };
  });
}

/** The numbers that occur, then the lists by their places among those. */
function unicodeLists(text) {
  const [numbers, ...words] = text
    .split(' ')
    .map((word) => word.split('.').map((number) => Number.parseInt(number, 36)));
  return words.map((word) => word.map((place) => numbers[place]));
}

/** Case folding: each number as its distance from the one before, each of its list as the distance from itself. */
function unicodeFolds(text) {
  let at = 0;
  const entries = text.split(' ').map((word) => {
    const [gap, ...distances] = word.split('.').map((number) => Number.parseInt(number, 36));
    at += gap;
    return [at, distances.map((distance) => at + distance)];
  });
  return Object.fromEntries(entries);
}

const ranges = { encode: encodeRanges, decode: unicodeRanges };
const lists = { encode: encodeLists, decode: unicodeLists };
const folds = { encode: encodeFolds, decode: unicodeFolds };

export const compactUnicodeTables = {
  name: 'compact-unicode-tables',
  setup(build) {
    build.onLoad({ filter: /[\\/]node_modules[\\/]refa[\\/]index\.js$/ }, ({ path }) => {
      let replaced = 0;
      const contents = readFileSync(path, 'utf8').replace(literal, (whole, quoted) => {
        if (whole.length < shortest) return whole;
        const value = JSON.parse(textOf(quoted));
        const coder = isRanges(value) ? ranges : isLists(value) ? lists : isFolds(value) ? folds : undefined;
        if (coder === undefined) return whole;
        const encoded = coder.encode(value);
        deepStrictEqual(coder.decode(encoded), value);
        replaced += 1;
        return `${coder.decode.name}(${JSON.stringify(encoded)})`;
      });
      if (replaced < 100) throw new Error('refa is not written as it was: its tables were not found');
      return {
        contents: `${contents}\n${unicodeRanges.toString()}\n${unicodeLists.toString()}\n${unicodeFolds.toString()}`,
        loader: 'js',
      };
    });
  },
};

function textOf(quoted) {
  if (quoted.startsWith('"')) return JSON.parse(quoted);
  if (quoted.includes('\\')) throw new Error('a table of refa has escapes');
  return quoted.slice(1, -1);
}

function isRanges(value) {
  return (
    Array.isArray(value) &&
    value.every(
      (range) => Object.keys(range).join() === 'min,max' && Number.isInteger(range.min) && range.max >= range.min,
    ) &&
    value.every(({ min }, at) => at === 0 || min > value[at - 1].max)
  );
}

function encodeRanges(ranges) {
  let at = 0;
  const words = ranges.map(({ min, max }) => {
    const word = (min - at).toString(36) + (max > min ? `.${(max - min).toString(36)}` : '');
    at = max;
    return word;
  });
  return words.join(' ');
}

function isLists(value) {
  return (
    Array.isArray(value) &&
    value.every(
      (list) =>
        Array.isArray(list) && list.length > 0 && list.every((number) => Number.isInteger(number) && number >= 0),
    )
  );
}

function encodeLists(lists) {
  const numbers = [...new Set(lists.flat())];
  const places = new Map(numbers.map((number, place) => [number, place]));
  return [numbers, ...lists.map((list) => list.map((number) => places.get(number)))].map(word).join(' ');
}

function isFolds(value) {
  const keys = Object.keys(value);
  return (
    !Array.isArray(value) &&
    keys.every((key, at) => at === 0 || Number(key) > Number(keys[at - 1])) &&
    isLists(Object.values(value))
  );
}

function encodeFolds(value) {
  let at = 0;
  return Object.entries(value)
    .map(([key, list]) => {
      const gap = Number(key) - at;
      at = Number(key);
      return word([gap, ...list.map((number) => number - at)]);
    })
    .join(' ');
}

function word(numbers) {
  return numbers.map((number) => number.toString(36)).join('.');
}
