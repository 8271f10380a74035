/** What is known of a format that is asserted; undefined: nothing certain. */
export function testFormat(_name: string, _value: string): boolean | undefined {
  return undefined;
}

/** Strings that many formats like. */
export function formatSamples(_name: string): readonly string[] {
  return [];
}

/** Patterns that every string of the format contains. */
export function formatPatterns(_name: string): readonly string[] {
  return [];
}

/** Whether no string can be as asked. */
export function formatsConflict(_formats: readonly { name: string; holds: boolean }[]): boolean {
  return false;
}
