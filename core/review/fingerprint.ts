import type { Change } from '../compatibility/change.ts';
import type { Comparison } from '../compatibility/comparison.ts';
import type { Verdict } from '../compatibility/verdict.ts';
import type { SchemaSet, Target } from '../configuration/configuration.ts';
import type { Migration } from '../migration/migration.ts';
import type { RunOptions } from '../migration/run-options.ts';
import type { MigrationScript } from '../migration/script.ts';
import { canonicalJson } from '../schema/canonical.ts';
import { fingerprintOf } from '../schema/fingerprint.ts';
import type { Json, JsonObject } from '../schema/json.ts';
import { changeVerdict } from './asked.ts';
import type { Fingerprint } from './review.ts';

/** All that an approval of one schema's change binds to, and nothing else: no commit, no line number, no wording. */
export interface ApprovedContent {
  readonly path: string;
  /** Where the old version is, when that is another file. */
  readonly previousPath: string | undefined;
  /** Of an OpenAPI document. */
  readonly component?: string | undefined;
  readonly set: SchemaSet;
  /** The table whose records are migrated: another one is another decision, even under the same name. */
  readonly target: Target | undefined;
  readonly change: 'added' | 'modified' | 'removed';
  readonly oldVersion: string | undefined;
  readonly newVersion: string | undefined;
  readonly comparison: Comparison | undefined;
  /** Texts of both versions, which count where no list of changes tells them apart. */
  readonly oldText: string | undefined;
  readonly newText: string | undefined;
  readonly oldFiles?: Readonly<Record<string, string>>;
  readonly newFiles?: Readonly<Record<string, string>>;
  /** Texts of still older versions that the mode asks about. */
  readonly earlier?: Readonly<Record<string, string>>;
  readonly migration: Migration | undefined;
}

/** The fingerprint of one schema's change. Undefined when nobody needs to approve it: it breaks nothing and no record is touched. */
export function fingerprintOfContent(content: ApprovedContent): Fingerprint | undefined {
  if (!isGated(content) && content.migration === undefined) return undefined;
  return fingerprintOf({
    path: content.path,
    ...(content.component === undefined ? {} : { component: content.component }),
    previousPath: content.previousPath ?? null,
    mode: content.set.compatibility,
    formatAssertion: content.set.formatAssertion,
    producers: content.set.producers ?? 'open',
    target: content.target === undefined ? null : targetPart(content.target),
    from: content.oldVersion ?? null,
    to: content.newVersion ?? null,
    breaking: breakingPart(content),
    migration: content.migration ? migrationPart(content.migration) : null,
  }) as Fingerprint;
}

/** The fingerprint of a whole pull request. Undefined when no part of it needs approval. */
export function totalFingerprint(
  parts: readonly { readonly path: string; readonly fingerprint: Fingerprint | undefined }[],
): Fingerprint | undefined {
  const needed = parts.flatMap(({ path, fingerprint }) => (fingerprint === undefined ? [] : [[path, fingerprint]]));
  if (needed.length === 0) return undefined;
  // The schemas of an OpenAPI document share a path.
  const inOrder = needed.sort(([a = '', one = ''], [b = '', other = '']) =>
    a === b ? (one < other ? -1 : 1) : a < b ? -1 : 1,
  );
  return fingerprintOf(inOrder) as Fingerprint;
}

/** Whether the mode lets this change pass by itself. */
function isGated({ change, comparison }: ApprovedContent): boolean {
  return change !== 'added' && comparison?.verdict !== 'compatible';
}

/** What breaks: under the mode, and for the stored records where a migration is to change them. */
function breakingPart(content: ApprovedContent): Json {
  const { change, comparison, migration, set } = content;
  if (change !== 'modified') return { [change]: true };
  if (comparison === undefined) return { incomparable: textsPart(content) };
  const changes = comparison.changes.filter(
    (each) =>
      changeVerdict(set.compatibility, each) !== 'compatible' || (migration !== undefined && isBroken(each.backward)),
  );
  // The whole breaks and no change says by what: then every difference of the texts counts.
  const unexplained = (changes.length === 0 && isGated(content)) || !changes.every(saysItAll);
  return {
    changes: changes.map(changePart).sort(byCanonicalForm),
    ...(unexplained ? { texts: textsPart(content) } : {}),
  };
}

function textsPart({ oldText, newText, oldFiles = {}, newFiles = {}, earlier = {} }: ApprovedContent): Json {
  const older = Object.keys(earlier).length === 0 ? {} : { earlier };
  return { old: oldText ?? null, new: newText ?? null, oldFiles, newFiles, ...older };
}

/** Undecided counts as broken, and looks the same here: whether a witness was found in time must not make an approval stale. */
function isBroken({ verdict }: Verdict): boolean {
  return verdict !== 'compatible';
}

/** Whether kind, place, before and after together tell all of a change. A reference that leads elsewhere looks the same before and after. */
function saysItAll({ kind, before, after }: Change): boolean {
  if (kind === 'required-added' || kind === 'required-removed') return true;
  return (
    (before !== undefined || after !== undefined) && canonicalJson(before ?? null) !== canonicalJson(after ?? null)
  );
}

function changePart(change: Change): JsonObject {
  return {
    kind: change.kind,
    pointer: change.pointer,
    side: change.side,
    path: change.path,
    subject: change.subject,
    before: change.before ?? null,
    after: change.after ?? null,
    backward: isBroken(change.backward),
    forward: isBroken(change.forward),
  };
}

function targetPart({ name, database, table, key, document }: Target): JsonObject {
  // Rows are read by other rules than documents: NULL is null or nothing, as the versions say, which are part of this too.
  return { name, database, table, key, ...(document === undefined ? { columns: 'properties' } : { document }) };
}

function migrationPart(migration: Migration): JsonObject {
  return {
    schema: migration.schema,
    from: migration.from,
    to: migration.to,
    transform: migration.transform.map(({ source }) => source),
    // Every character: whoever approved a script approved no other.
    ...(migration.script === undefined ? {} : { script: scriptPart(migration.script) }),
    batch: migration.batch ?? null,
    ...(migration.options === undefined ? {} : { options: optionsPart(migration.options) }),
  };
}

function scriptPart({ path, text, hosts, timeout, memory }: MigrationScript): JsonObject {
  return { path, text, hosts, timeout, memory };
}

function optionsPart({ invalid, backup, dryRun }: RunOptions): JsonObject {
  return { invalid: { ...invalid }, backup, dryRun };
}

function byCanonicalForm(a: Json, b: Json): number {
  const [left, right] = [canonicalJson(a), canonicalJson(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
