import { canonicalJson } from '../../../schema/canonical.ts';
import { maskOf } from '../json-type.ts';
import { opaqueConstraint } from '../opaque-constraint.ts';
import type { KeywordReader } from './keyword.ts';

/** Annotations; as assertions they are compared by their text only. */
export const content: readonly KeywordReader[] = ['contentEncoding', 'contentMediaType', 'contentSchema'].map(
  (name) => ({
    name,
    annotation: true,
    read: (value, { options, pointer }) =>
      options.contentAssertion
        ? [
            opaqueConstraint(
              `${name} ${canonicalJson(value)}`,
              `${name} is asserted, and Sluice does not read contents`,
              pointer,
              maskOf('string'),
            ),
          ]
        : [],
  }),
);
