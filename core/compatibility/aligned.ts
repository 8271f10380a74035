import type { Dialect } from '../schema/dialect.ts';
import type { SchemaBundle, SchemaDocument } from '../schema/document.ts';
import { isObject, type Json } from '../schema/json.ts';

export interface Versions {
  readonly old: SchemaBundle;
  readonly new: SchemaBundle;
}

/**
 * Both versions in one dialect, so that they can be walked side by side: one of them read by the dialect of the other, where that is
 * proved to mean the same. Undefined where it is not. `same`: whether two bundles accept the same documents.
 */
export function aligned(versions: Versions, same: (a: SchemaBundle, b: SchemaBundle) => boolean): Versions | undefined {
  const [from, to] = [versions.old.root.dialect, versions.new.root.dialect];
  if (from === to) return versions;
  const old = readAs(versions.old, to);
  if (same(versions.old, old)) return { old, new: versions.new };
  const next = readAs(versions.new, from);
  return same(versions.new, next) ? { old: versions.old, new: next } : undefined;
}

function readAs({ root, files }: SchemaBundle, dialect: Dialect): SchemaBundle {
  const read = (document: SchemaDocument): SchemaDocument => {
    if (document.dialect !== root.dialect) return document;
    const value = root.dialect === 'draft-04' ? withNumericBounds(document.value) : document.value;
    return { ...document, value, dialect };
  };
  return { root: read(root), files: new Map([...files].map(([path, document]) => [path, read(document)])) };
}

/** `minimum` that a flag of draft 04 makes exclusive, as later dialects say it. What is no schema may change too: the proof would fail. */
function withNumericBounds(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => withNumericBounds(item));
  if (!isObject(value)) return value;
  const members = new Map(Object.entries(value).map(([name, member]) => [name, withNumericBounds(member)]));
  for (const [plain, exclusive] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ] as const) {
    const [bound, flag] = [members.get(plain), members.get(exclusive)];
    if (typeof bound !== 'number' || typeof flag !== 'boolean') continue;
    members.delete(flag ? plain : exclusive);
    if (flag) members.set(exclusive, bound);
  }
  return Object.fromEntries(members);
}
