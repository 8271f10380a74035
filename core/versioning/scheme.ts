import increase from 'semver/functions/inc.js';
import parse from 'semver/functions/parse.js';
import type { VersionAdvice } from './advice.ts';

type Bump = VersionAdvice['bump'];

/** How versions are written and counted up. Bumps go by position: the first number is `major` in either scheme. */
export interface VersionScheme {
  readonly name: 'semver' | 'schemaver';
  parse(version: string): readonly [number, number, number] | undefined;
  next(version: string, bump: Bump): string | undefined;
}

/** https://semver.org: 2.8.0. While the first number is 0 nothing is promised, so a break counts up the second (paragraph 4). */
export const semanticVersions: VersionScheme = {
  name: 'semver',
  parse: (version) => {
    const parsed = parse(version);
    return parsed ? [parsed.major, parsed.minor, parsed.patch] : undefined;
  },
  next: (version, bump) => {
    const parsed = parse(version);
    if (!parsed || bump === 'none') return parsed?.version;
    const release = `${parsed.major}.${parsed.minor}.${parsed.patch}`;
    return increase(release, parsed.major === 0 && bump === 'major' ? 'minor' : bump) ?? undefined;
  },
};

/** Iglu's MODEL-REVISION-ADDITION: 1-0-3. https://docs.snowplow.io/docs/pipeline-components-and-applications/iglu/common-architecture/schemaver/ */
export const schemaVersions: VersionScheme = {
  name: 'schemaver',
  parse: (version) => {
    const match = /^([1-9]\d*)-(\d+)-(\d+)$/.exec(version);
    return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : undefined;
  },
  next: (version, bump) => {
    const parsed = schemaVersions.parse(version);
    if (!parsed || bump === 'none') return parsed && version;
    const [model, revision, addition] = parsed;
    if (bump === 'major') return `${model + 1}-0-0`;
    return bump === 'minor' ? `${model}-${revision + 1}-0` : `${model}-${revision}-${addition + 1}`;
  },
};

/** Undefined: a version in no scheme that Sluice knows. */
export function schemeOf(version: string): VersionScheme | undefined {
  return [semanticVersions, schemaVersions].find((scheme) => scheme.parse(version) !== undefined);
}
