import type { SchemaSet } from '../../configuration/configuration.ts';

/** What the path of a file says in a layout of one file per version. */
export interface VersionPath {
  /** All files with the same text here are versions of one schema. */
  readonly family: string;
  readonly name: string;
  readonly version: string;
}

/** Iglu's: `schemas/com.acme/claim/jsonschema/1-0-0`. */
export const defaultNaming = '{vendor}/{name}/jsonschema/{version}';

const placeholder = /\{(vendor|name|version)\}/;
const extension = /(?:\.schema)?\.(?:json|ya?ml)$/i;
const version = '\\d+(?:\\.\\d+\\.\\d+(?:-[0-9A-Za-z.-]+)?|-\\d+-\\d+)?';

const known = new Map<string, RegExp>();

/**
 * Reads the path of a file of an immutable set: the end of the path, without extension, against the set's naming. `{version}` is a semantic
 * version, Iglu's 1-0-0, or a whole number. Undefined: another layout, or a path that names no version.
 */
export function versionPath(path: string, { layout, naming = defaultNaming }: SchemaSet): VersionPath | undefined {
  if (layout !== 'immutable') return undefined;
  const pattern = known.get(naming) ?? patternOf(naming);
  known.set(naming, pattern);
  const bare = path.replace(extension, '');
  const found = pattern.exec(bare);
  if (!found) return undefined;
  const { vendor, name = '', version: number = '' } = found.groups ?? {};
  // From the end: a folder may have the name of the version, too.
  const tail = bare.slice(found.index);
  const rest = tail.slice(tail.lastIndexOf(number) + number.length);
  const family = `${bare.slice(0, bare.length - rest.length - number.length)}{version}${rest}`;
  return { family, name: vendor === undefined ? name : `${vendor}.${name}`, version: number };
}

/** Why a naming cannot be used; undefined when it can. */
export function namingFault(naming: string): string | undefined {
  for (const needed of ['{name}', '{version}']) {
    const times = naming.split(needed).length - 1;
    if (times !== 1) return `It must hold ${needed} once`;
  }
  if (naming.split('{vendor}').length > 2) return 'It must not hold {vendor} twice';
  if (/[{}]/.test(naming.replaceAll(/\{(?:vendor|name|version)\}/g, '')))
    return 'It has braces that are no {placeholder}';
  if (/\{(?:vendor|name|version)\}\{/.test(naming)) return 'Something must stand between two placeholders';
  if (naming.startsWith('/') || naming.split('/').includes('..')) return 'It must be the end of a path';
  return undefined;
}

function patternOf(naming: string): RegExp {
  const parts = naming.replace(extension, '').split(new RegExp(placeholder, 'g'));
  const source = parts
    .map((part, at) => {
      if (at % 2 === 0) return part.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
      return part === 'version' ? `(?<version>${version})` : `(?<${part}>[^/]+?)`;
    })
    .join('');
  return new RegExp(`(?<=^|/)${source}$`);
}
