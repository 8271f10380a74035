/**
 * A schema's pattern as JavaScript reads it: with Unicode code points when that is possible, else the old way, because many
 * published patterns escape characters that need none (`\-`), which the Unicode mode forbids. Undefined: no ECMA-262 pattern.
 */
export function compilePattern(source: string): RegExp | undefined {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(source, flags);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return undefined;
}
