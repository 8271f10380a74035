import { isObject, type Json, own } from '../../schema/json.ts';
import { keywordsOf } from '../../schema/keywords.ts';
import type { Rule } from './rule.ts';

export const schemaAllowsAll: Rule = {
  id: 'schema-allows-all',
  asks: 'A schema refuses something.',
  severity: 'warning',
  schema: ({ review: { path, component }, bundle }) => {
    // A component stands behind a reference.
    if (!bundle || component !== undefined || !allowsAll(bundle.root.value, bundle.root.dialect)) return [];
    return [
      {
        place: { path, ...bundle.root.locate('') },
        message: 'Every document is valid under this schema: it asserts nothing',
        remedy: 'Say at least which type it describes.',
      },
    ];
  },
};

function allowsAll(schema: Json, dialect: Parameters<typeof keywordsOf>[0]): boolean {
  if (schema === true) return true;
  if (!isObject(schema)) return false;
  const table = keywordsOf(dialect);
  return Object.keys(schema).every((name) => {
    const role = table.get(name)?.role;
    const value = own(schema, name);
    if (role === 'applicator') return name === 'properties' && isObject(value) && Object.keys(value).length === 0;
    return role !== 'assertion' && role !== 'reference';
  });
}
