/**
 * Whether JavaScript reads a JSON number without changing it. `0.1` counts as exact: its shortest decimal form is 0.1 again.
 * `9007199254740993`, `1e400` and `0.1000000000000000000001` are not.
 */
export function isExactNumber(token: string): boolean {
  return normalised(token) === normalised(String(Number(token)));
}

/** Significant digits and exponent, the same for all spellings of a number: `1.50e3` and `1500` give `15e2`. */
function normalised(token: string): string {
  const match = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(token);
  if (!match) return token;
  const [, whole = '', fraction = '', exponent = '0'] = match;
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  const power = Number(exponent) - fraction.length + (digits.length - significant.length);
  return `${significant}e${power}`;
}

/** True when a text may hold a number that is not exact: a cheap look before a careful one. */
export function mayHoldInexactNumbers(text: string): boolean {
  return /\d{16}|\d[\d.]{16}|\d[eE][+-]?\d/.test(text);
}
