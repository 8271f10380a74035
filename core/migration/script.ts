import { type JsonObject, own } from '../schema/json.ts';

/** What a migration file says of its script. */
export interface ScriptDeclaration {
  /** Of the file in the repository: beside the migration file. */
  readonly path: string;
  /** `host` or `host:port`, in lower case: all that the script may fetch from. */
  readonly hosts: readonly string[];
  /** Milliseconds that one record may take. */
  readonly timeout: number;
  /** Megabytes that one process of the script may use. */
  readonly memory: number;
}

/** A script that changes records after the operations have. Its text is part of what is approved. */
export interface MigrationScript extends ScriptDeclaration {
  readonly text: string;
}

const defaults = { timeout: 1000, memory: 128 };
/** A name with a dot, no address: what an address stands for is not to be read from it. */
const host =
  '^(?=.{1,253}(:|$))[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*\\.[a-z][a-z0-9-]{0,61}[a-z0-9](:[1-9][0-9]{0,4})?$';

/** JSON Schema of the member `script` of a migration file. */
export const scriptSchema: JsonObject = {
  type: 'object',
  required: ['file'],
  properties: {
    file: {
      type: 'string',
      pattern: '^[A-Za-z0-9_][A-Za-z0-9._-]*\\.(ts|mts|js|mjs)$',
      remedy: 'Name a TypeScript or JavaScript file beside this one, like 3.0.0.ts',
    },
    hosts: {
      type: 'array',
      maxItems: 20,
      items: {
        type: 'string',
        pattern: host,
        remedy: 'Write a host like api.example.com or api.example.com:8443, without https://',
      },
    },
    timeout: { type: 'integer', minimum: 1, maximum: 600_000 },
    memory: { type: 'integer', minimum: 32, maximum: 4096 },
  },
  additionalProperties: false,
};

/** Undefined when the file names none. `file` must be valid under its schema. */
export function readDeclaration(migrationPath: string, file: JsonObject): ScriptDeclaration | undefined {
  const said = own(file, 'script') as (Partial<ScriptDeclaration> & { readonly file: string }) | undefined;
  if (said === undefined) return undefined;
  const { file: name, ...limits } = said;
  return { path: migrationPath.slice(0, migrationPath.lastIndexOf('/') + 1) + name, hosts: [], ...defaults, ...limits };
}

/** For people, without the script's text. */
export function describeScript({ path, hosts }: ScriptDeclaration): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const reach = hosts.length === 0 ? 'without network' : `which may fetch from ${hosts.join(', ')}`;
  return `run the script ${name}, ${reach}`;
}

/** What rolling back does not undo. */
export function scriptLoss({ path }: ScriptDeclaration): string {
  return `what the script ${path.slice(path.lastIndexOf('/') + 1)} changes`;
}
