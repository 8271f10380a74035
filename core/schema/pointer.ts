/** A JSON Pointer (RFC 6901): '' is the whole document, '/a~1b/0' the first item of member `a/b`. */
export type Pointer = string;

export function formatPointer(segments: readonly (string | number)[]): Pointer {
  return segments.map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
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
