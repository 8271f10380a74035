import { identifierKeyword } from '../schema/dialect.ts';
import type { SchemaDocument } from '../schema/document.ts';
import { isObject, type Json, own } from '../schema/json.ts';
import { schemeOf } from './scheme.ts';

/**
 * The version a schema says it has; the first of: member `version`, Iglu's `self.version`, the last part of `$id` (or `id`) that is
 * one, the last part of its path (one file per version, as Iglu lays them out). Undefined: it says none.
 */
export function declaredVersion({ value, dialect, path }: SchemaDocument): string | undefined {
  if (!isObject(value)) return versionIn(path);
  const self = own(value, 'self');
  const stated = [own(value, 'version'), isObject(self) ? own(self, 'version') : undefined].find(isVersion);
  if (stated !== undefined) return stated;
  const identifier = own(value, identifierKeyword(dialect)) ?? own(value, '$id') ?? own(value, 'id');
  return (typeof identifier === 'string' ? versionIn(identifier) : undefined) ?? versionIn(path);
}

function isVersion(value: Json | undefined): value is string {
  return typeof value === 'string' && schemeOf(value) !== undefined;
}

/** `…/claim/2.8.0`, `…/claim/v2.8.0.json`, `…/claim-2.8.0.schema.json`, `…/2.8.0/claim.json`, `iglu:acme/claim/jsonschema/1-0-1`. */
function versionIn(address: string): string | undefined {
  const parts = address
    .replace(/[#?].*$/, '')
    .split('/')
    .slice(-2)
    .reverse();
  for (const part of parts) {
    const bare = part.replace(/(\.schema)?\.(json|ya?ml)$/i, '');
    const match = /(?:^|[-_.@])v?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?|[1-9]\d*-\d+-\d+)$/.exec(bare);
    if (match && isVersion(match[1])) return match[1];
  }
  return undefined;
}
