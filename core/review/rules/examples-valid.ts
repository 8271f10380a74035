import type { SchemaBundle, SchemaDocument } from '../../schema/document.ts';
import { isObject, type Json, own } from '../../schema/json.ts';
import { appendPointer, type Pointer } from '../../schema/pointer.ts';
import { reach } from '../../schema/reach.ts';
import { validatorFor } from '../../schema/validator.ts';
import { ValidatorUnavailable } from '../../schema/validator-unavailable.ts';
import type { RawFinding, Rule } from './rule.ts';

/** Every place costs a look at the whole file: of large files only some are tried. Enough for any schema that a person wrote. */
const mostPlaces = 100;
const mostCharacters = 2_000_000;

export const examplesValid: Rule = {
  id: 'examples-valid',
  asks: 'What a schema gives as an example or a default is valid under it.',
  severity: 'warning',
  schema: ({ review, bundle }) =>
    (bundle ? findings(bundle, review.set.formatAssertion) : []).sort(
      (a, b) => (a.place.line ?? 0) - (b.place.line ?? 0),
    ),
};

function findings(bundle: SchemaBundle, formatAssertion: boolean): RawFinding[] {
  const { root } = bundle;
  const places = Math.min(mostPlaces, Math.ceil(mostCharacters / Math.max(1, root.text.length)));
  return reach(bundle)
    .schemas.filter(({ document, value }) => document === root && samplesIn(value).length > 0)
    .slice(0, places)
    .flatMap(({ pointer, value }) => {
      try {
        const violationsOf = validatorFor(atPointer(bundle, pointer), { formatAssertion });
        return samplesIn(value).flatMap(({ keyword, at, sample }): RawFinding[] => {
          const [violation] = violationsOf(sample);
          if (!violation) return [];
          const place = { path: root.path, ...root.locate(appendPointer(pointer, ...at)) };
          const where = violation.at === '' ? 'it' : `\`${violation.at}\` in it`;
          const what = keyword === 'default' ? 'The default' : 'An example';
          return [
            {
              place,
              message: `${what} is not valid: ${where} ${violation.message}`,
              remedy: 'Correct it, or the schema.',
            },
          ];
        });
      } catch (error) {
        // ajv cannot judge: then nothing is known against the examples.
        if (error instanceof ValidatorUnavailable) return [];
        throw error;
      }
    });
}

interface Sample {
  readonly keyword: string;
  /** Where it is in the schema. */
  readonly at: readonly (string | number)[];
  readonly sample: Json;
}

function samplesIn(schema: Json): Sample[] {
  if (!isObject(schema)) return [];
  const examples = own(schema, 'examples');
  const fallback = own(schema, 'default');
  return [
    ...(Array.isArray(examples) ? examples : []).map((sample: Json, index) => ({
      keyword: 'examples',
      at: ['examples', index],
      sample,
    })),
    ...(fallback === undefined ? [] : [{ keyword: 'default', at: ['default'], sample: fallback }]),
  ];
}

/** The schema at a place of the root, as a bundle of its own: a file beside it that refers there. */
function atPointer(bundle: SchemaBundle, pointer: Pointer): SchemaBundle {
  const { root } = bundle;
  if (pointer === '') return bundle;
  const name = root.path.slice(root.path.lastIndexOf('/') + 1);
  const fragment = pointer.split('/').map(encodeURIComponent).join('/');
  const path = `${root.path.slice(0, root.path.length - name.length)}.sluice-example.json`;
  const document: SchemaDocument = {
    path,
    text: '',
    value: { $ref: `${encodeURIComponent(name)}#${fragment}` },
    dialect: root.dialect,
    inexactNumbers: [],
    locate: () => ({ line: 1, column: 1 }),
  };
  return { root: document, files: new Map([...bundle.files, [root.path, root]]) };
}
