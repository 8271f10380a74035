/** A JSON Pointer (RFC 6901): '' is the whole document, '/a~1b/0' the first item of member `a/b`. */
export type Pointer = string;

export function formatPointer(segments: readonly (string | number)[]): Pointer {
  let pointer = '';
  for (const segment of segments) pointer += `/${escaped(String(segment))}`;
  return pointer;
}

/** Few names need it, and there is a pointer for each place of a schema. */
function escaped(name: string): string {
  return /[~/]/.test(name) ? name.replaceAll('~', '~0').replaceAll('/', '~1') : name;
}

export function parsePointer(pointer: Pointer): string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

export function appendPointer(pointer: Pointer, ...segments: (string | number)[]): Pointer {
  return pointer + formatPointer(segments);
}
