declare module 'amaro' {
  /** Throws a text, for people, where the code is no TypeScript or has more than types. */
  export function transformSync(code: string, options: { mode: 'strip-only' }): { code: string };
}
