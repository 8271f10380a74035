import picomatch from 'picomatch';
import type { Deprecation } from '../../configuration/configuration.ts';
import type { SchemaDocument } from '../../schema/document.ts';
import { isObject, type Json, own } from '../../schema/json.ts';
import { appendPointer } from '../../schema/pointer.ts';
import { reach } from '../../schema/reach.ts';
import { resolveReference } from '../../schema/references.ts';
import type { RawFinding, Rule } from './rule.ts';

export const deprecatedReference: Rule = {
  id: 'deprecated-reference',
  asks: 'What is deprecated is referred to no more.',
  severity: 'warning',
  pullRequest: async ({ subjects, configuration: { deprecated = [] } }) => {
    const listed = deprecated.map((entry) => ({ entry, matches: picomatch(entry.files, { dot: true }) }));
    return subjects.flatMap(({ bundle, review: { component } }) => {
      if (!bundle) return [];
      const { root } = bundle;
      return reach(bundle).schemas.flatMap(({ document, pointer, value }): RawFinding[] => {
        const reference = document === root && isObject(value) ? own(value, '$ref') : undefined;
        // A component's document refers to the component, which nobody wrote.
        if (typeof reference !== 'string' || (component !== undefined && pointer === '')) return [];
        const target = resolveReference(bundle, document, pointer, reference);
        if (!target) return [];
        const inList =
          target.document === root ? undefined : listed.find(({ matches }) => matches(target.document.path))?.entry;
        if (!inList && !isDeprecated(target.value) && !isFileDeprecated(target.document, root)) return [];
        return [
          {
            place: { path: root.path, ...root.locate(appendPointer(pointer, '$ref')) },
            message: `\`${reference}\` is deprecated`,
            remedy: remedyOf(inList),
          },
        ];
      });
    });
  },
};

function isDeprecated(schema: Json): boolean {
  return isObject(schema) && (own(schema, 'deprecated') === true || own(schema, 'x-deprecated') === true);
}

/** A part of a file that is deprecated as a whole. */
function isFileDeprecated(document: SchemaDocument, root: SchemaDocument): boolean {
  return document !== root && isDeprecated(document.value);
}

function remedyOf(entry: Deprecation | undefined): string {
  return entry?.instead === undefined ? 'Refer to what replaces it.' : `Instead: ${entry.instead}.`;
}
