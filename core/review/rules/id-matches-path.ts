import { identifierKeyword } from '../../schema/dialect.ts';
import { isObject, own } from '../../schema/json.ts';
import type { Rule } from './rule.ts';

export const idMatchesPath: Rule = {
  id: 'id-matches-path',
  asks: 'The address in `$id` names the schema as its file does.',
  severity: 'warning',
  schema: ({ review: { name, path, component }, bundle }) => {
    if (!bundle || component !== undefined) return [];
    const { value, dialect } = bundle.root;
    const keyword = identifierKeyword(dialect);
    const id = isObject(value) ? own(value, keyword) : undefined;
    if (typeof id !== 'string' || id.startsWith('#') || namesIn(id).includes(name.toLowerCase())) return [];
    // One file per version has the name of the schema in a folder's name.
    if (path.split('/').some((part) => namesIn(id).includes(part.toLowerCase()))) return [];
    const place = { path, ...bundle.root.locate(`/${keyword}`) };
    const remedy = `End it in \`${name}.json\`, or rename the file.`;
    return [{ place, message: `The address in \`${keyword}\` does not name \`${name}\`, as the file does`, remedy }];
  },
};

/** The parts of an address without extension and version: `claim` in `https://a.example/claim-2.8.0.schema.json`. */
function namesIn(id: string): string[] {
  return id
    .replace(/[#?].*$/, '')
    .split(/[/:]/)
    .map((part) =>
      part
        .replace(/(?:\.schema)?\.(?:json|ya?ml)$/i, '')
        .replace(/[-_.@]?v?\d+(?:[.-]\d+)*$/, '')
        .toLowerCase(),
    );
}
