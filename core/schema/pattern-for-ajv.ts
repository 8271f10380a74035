import { isHarmless, linearPattern } from './linear-pattern.ts';
import { compilePattern } from './pattern.ts';
import { ValidatorUnavailable } from './validator-unavailable.ts';

/** What ajv needs of a regular expression; it tells them apart by `toString`. */
interface Matcher {
  test(text: string): boolean;
  toString(): string;
}

/** Up to here even a pattern that only JavaScript can match ends soon. */
const longest = 25;

/** A stranger's pattern, matched without ever going back. Where only JavaScript can match it, long texts are not tried. */
export function patternForAjv(source: string): Matcher {
  const native = compilePattern(source);
  if (!native) throw new Error(`${JSON.stringify(source)} is no regular expression of ECMA-262`);
  if (isHarmless(source)) return native;
  const matches = linearPattern(source);
  const test = (text: string): boolean => {
    if (matches) return matches(text);
    if (text.length <= longest) return native.test(text);
    throw new ValidatorUnavailable(
      `the pattern ${JSON.stringify(source)} could take for ever on a text of ${text.length}`,
    );
  };
  return { test, toString: () => String(native) };
}
