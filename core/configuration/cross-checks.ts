import type { Problem } from '../review/review.ts';
import { defaultSqlSettings } from '../sql/sql-settings.ts';
import { acceptanceChecks, dayCheck } from './acceptance-section.ts';
import { approvalChecks } from './approval-checks.ts';
import { consumerChecks, deprecatedChecks } from './consumers-section.ts';
import { address, type Locate, name } from './explain.ts';
import type { WrittenConfiguration } from './fill-defaults.ts';
import { globFault } from './glob-fault.ts';
import { layoutChecks } from './layout-section.ts';
import { looksLikeAddress } from './secrets.ts';

/** What a JSON Schema cannot say of a configuration: names that lead nowhere, globs that leave the repository, secrets. */
export function crossChecks(written: WrittenConfiguration, locate: Locate): Problem[] {
  return [
    ...sets(written, locate),
    ...targets(written, locate),
    ...approvalChecks(written.approval, locate),
    ...waivers(written, locate),
    ...acceptanceChecks(written.accept ?? [], locate),
    ...consumerChecks(written.consumers ?? [], locate),
    ...deprecatedChecks(written.deprecated ?? [], locate),
    ...sql(written, locate),
  ];
}

function* sets(written: WrittenConfiguration, locate: Locate): Generator<Problem> {
  const known = Object.keys(written.targets ?? {});
  for (const [at, set] of (written.schemas ?? []).entries()) {
    const fault = globFault(set.files);
    if (fault !== undefined) yield { place: locate(['schemas', `${at}`, 'files']), ...fault };
    yield* layoutChecks(set, (setting) => locate(['schemas', `${at}`, setting]));
    if (set.target === undefined || Object.hasOwn(written.targets ?? {}, set.target)) continue;
    yield {
      place: locate(['schemas', `${at}`, 'target']),
      problem: `schemas[${at}] names the target "${set.target}", which is not among the targets`,
      remedy: known.length > 0 ? `Name one of ${known.join(', ')}, or add it.` : 'Add it under `targets`.',
    };
  }
}

function* waivers(written: WrittenConfiguration, locate: Locate): Generator<Problem> {
  for (const [at, { files, until }] of (written.waivers ?? []).entries()) {
    yield* dayCheck(until, ['waivers', `${at}`, 'until'], locate);
    const fault = globFault(files);
    if (fault !== undefined) yield { place: locate(['waivers', `${at}`, 'files']), ...fault };
  }
}

function* targets(written: WrittenConfiguration, locate: Locate): Generator<Problem> {
  for (const [target, settings] of Object.entries(written.targets ?? {})) {
    for (const [setting, value] of Object.entries(settings)) {
      const path = ['targets', target, setting];
      if (typeof value === 'string' && looksLikeAddress(value)) yield address(name(path), locate(path));
    }
    if (settings.columns === undefined || settings.document === undefined) continue;
    yield {
      place: locate(['targets', target, 'columns']),
      problem: `${name(['targets', target])} says both \`document\` and \`columns\``,
      remedy:
        'Keep `document` where one column holds the record, `columns: properties` where every property has a column.',
    };
  }
}

function* sql(written: WrittenConfiguration, locate: Locate): Generator<Problem> {
  const { files, waivers: waived = [], 'table-size': size = {} } = written.sql ?? {};
  const globs = typeof files === 'string' ? [{ glob: files, path: ['sql', 'files'] }] : listed(files ?? []);
  for (const { glob, path } of [
    ...globs,
    ...waived.map((waiver, at) => ({ glob: waiver.files, path: ['sql', 'waivers', `${at}`, 'files'] })),
  ]) {
    const fault = globFault(glob);
    if (fault !== undefined) yield { place: locate(path), ...fault };
  }
  const { small, large } = { ...defaultSqlSettings.tableSize, ...size };
  if (small < large) return;
  yield {
    place: locate(['sql', 'table-size']),
    problem: `A small table of ${small} rows is not smaller than a large one of ${large}`,
    remedy: 'Make `small` less than `large`.',
  };
}

function listed(globs: readonly string[]): { glob: string; path: string[] }[] {
  return globs.map((glob, at) => ({ glob, path: ['sql', 'files', `${at}`] }));
}
