import type { Peer } from '../tool.ts';

/** Each is loaded in its own thread only: one of them starts a WebAssembly program on import. */
export const peers = {
  'json-schema-diff-validator': async () => (await import('./json-schema-diff-validator.ts')).jsonSchemaDiffValidator,
  'json-schema-diff': async () => (await import('./json-schema-diff.ts')).jsonSchemaDiff,
  jsoncompat: async () => (await import('./jsoncompat.ts')).jsoncompat,
} satisfies Record<string, () => Promise<Peer>>;

export type PeerName = keyof typeof peers;
