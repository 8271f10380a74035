import { Document } from 'yaml';
import type { Comparison } from '../compatibility/comparison.ts';
import type { SchemaBundle } from '../schema/document.ts';
import type { JsonObject } from '../schema/json.ts';
import type { Operation } from './operation.ts';
import { operationKinds } from './operations/index.ts';
import { isPlaceholder, placeholder, walk } from './placeholder.ts';
import { proposeOperations } from './proposal/propose-operations.ts';
import { type MigrationProof, proveMigration } from './prove.ts';

/** A migration file from the difference of two versions. */
export interface Proposal {
  /** The file, YAML. `parseMigration` refuses it until every placeholder is filled in. */
  readonly text: string;
  /** The proposed operations; those with a placeholder for a value among them. */
  readonly operations: readonly Operation[];
  /** What only a person can know, as sentences; empty: the file is ready. */
  readonly gaps: readonly string[];
  /** Of the operations as they stand; undefined while placeholders make it pointless. */
  readonly proof: MigrationProof | undefined;
}

export interface ProposalQuestion {
  readonly old: SchemaBundle;
  readonly new: SchemaBundle;
  /** Where the schemas name their versions; what `recommended` says stands in for the new one. */
  readonly oldVersion: string | undefined;
  readonly newVersion: string | undefined;
  readonly recommended?: string | undefined;
  readonly set: { readonly formatAssertion: boolean };
  /** What comparing the two said, so that it need not be decided again. */
  readonly comparison?: Comparison | undefined;
}

export function proposeMigration(question: ProposalQuestion): Proposal {
  const { old, new: next, oldVersion: from, newVersion, recommended, set, comparison } = question;
  const to = newVersion ?? recommended;
  const draft = proposeOperations(old.root.value, next.root.value);
  const gaps = [...draft.gaps];
  const operations = draft.operations.map(operationOf);
  if (from === undefined) gaps.push('Which version the records have now: the old schema does not say.');
  if (to === undefined) gaps.push('Which version this leads to: the new schema does not say.');
  const open = draft.operations.some((operation) => [...walk(operation)].some(({ value }) => isPlaceholder(value)));
  const proof = open
    ? undefined
    : proveMigration({
        migration: { transform: operations },
        old,
        new: next,
        formatAssertion: set.formatAssertion,
        unaided: comparison?.backward,
      });
  if (proof && proof.result !== 'proved')
    gaps.push(
      proof.result === 'refuted'
        ? `How all records become valid: with these operations a record can still break the new version (${proof.reason}).`
        : `Whether all records become valid: ${proof.reason}.`,
    );
  return { text: fileText(draft.operations, gaps, from, to), operations, gaps, proof };
}

function operationOf(source: JsonObject): Operation {
  const [[name, given] = ['', {}]] = Object.entries(source);
  const kind = operationKinds.find((candidate) => candidate.name === name);
  if (kind === undefined) throw new Error(`A proposal uses the operation ${name}, which there is not`);
  return kind.create(given as JsonObject, []);
}

function fileText(
  operations: readonly JsonObject[],
  gaps: readonly string[],
  from: string | undefined,
  to: string | undefined,
): string {
  const document = new Document({
    from: from ?? placeholder('the version of the records now'),
    to: to ?? placeholder('the version this leads to'),
    // Nobody has tried it yet on all records: it is up to whoever takes the proposal to leave that out.
    dryRun: true,
    transform: [],
  });
  for (const operation of operations) {
    const [[name, given] = ['', {}]] = Object.entries(operation);
    const node = document.createNode({ [name]: document.createNode(given, { flow: true }) });
    document.addIn(['transform'], node);
  }
  const comment = [
    'Proposed by Sluice from the difference of the two versions.',
    ...gaps.map((gap) => `Not known: ${gap}`),
    'The first run rehearses, everything but the swap; without `dryRun` it migrates at once.',
  ];
  // Names of members come from strangers: a line break in one must not end the comment.
  document.commentBefore = comment.map((line) => ` ${line.replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ')}`).join('\n');
  return document.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER });
}
