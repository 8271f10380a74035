import type { Place } from '../input-error.ts';
import { defaultNaming, namingFault } from '../review/layout/version-path.ts';
import type { Problem } from '../review/review.ts';
import type { SchemaSet } from './configuration.ts';

/** How the files of a set are laid out, as its author writes it. */
export interface WrittenLayout {
  readonly layout?: NonNullable<SchemaSet['layout']>;
  readonly naming?: string;
}

export const layoutProperties = {
  layout: {
    enum: ['mutable', 'immutable', 'openapi'],
    default: 'mutable',
    description:
      'mutable: one file per schema, which changes; immutable: one file per version, which never does; openapi: the schemas in components.schemas of OpenAPI 3.1 documents.',
  },
  naming: {
    type: 'string',
    minLength: 1,
    maxLength: 200,
    default: defaultNaming,
    description:
      'How paths of an immutable layout end, without extension: {name}/{version}, {name}.v{version}. {vendor} becomes a part of the name.',
  },
} as const;

export function fillLayout({ layout, naming }: WrittenLayout): Pick<SchemaSet, 'layout' | 'naming'> {
  return { ...(layout === undefined ? {} : { layout }), ...(naming === undefined ? {} : { naming }) };
}

/** @param placeOf place of a setting of the set */
export function* layoutChecks(
  set: WrittenLayout & { readonly target?: string; readonly compatibility?: string },
  placeOf: (setting: string) => Place,
): Generator<Problem> {
  const { layout = 'mutable', naming, target, compatibility } = set;
  if (naming !== undefined && layout !== 'immutable') {
    yield {
      place: placeOf('naming'),
      problem: '`naming` says where versions are in paths, and only `layout: immutable` has them there',
      remedy: 'Add `layout: immutable`, or leave it out.',
    };
  }
  const fault = naming === undefined ? undefined : namingFault(naming);
  if (fault !== undefined) {
    yield {
      place: placeOf('naming'),
      problem: `The naming ${JSON.stringify(naming)} cannot be used: ${fault}`,
      remedy: 'Write it like {name}/{version}.',
    };
  }
  if (target !== undefined && layout !== 'mutable') {
    yield {
      place: placeOf('target'),
      problem: `Records cannot be migrated with \`layout: ${layout}\` yet`,
      remedy: 'Leave `target` out, or keep one file per schema.',
    };
  }
  if (layout === 'openapi' && compatibility === 'APPEND_ONLY') {
    yield {
      place: placeOf('compatibility'),
      problem: 'APPEND_ONLY looks at whole files, and an OpenAPI document holds more than one schema',
      remedy: 'Choose another mode, such as FULL.',
    };
  }
}
