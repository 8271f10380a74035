import type { SchemaReview } from '../../review/review.ts';
import type { Json } from '../../schema/json.ts';
import { unreachable } from '../../unreachable.ts';
import { sentence } from '../sentence.ts';
import type { Links } from './input.ts';

/** What a report says of the migration: the part that applies is set. */
export interface MigrationView {
  readonly from: string;
  readonly to: string;
  readonly path?: string;
  readonly url?: string | undefined;
  readonly noTarget?: boolean;
  readonly missing?: boolean;
  readonly proposal?: string | undefined;
  readonly gaps?: readonly string[];
  readonly createUrl?: string | undefined;
  readonly unusable?: boolean;
  readonly proved?: boolean;
  readonly preconditions?: readonly string[];
  readonly refuted?: { readonly record: Json; readonly reason: string } | undefined;
  readonly unproved?: string | undefined;
  readonly operations?: readonly string[];
  readonly losses?: readonly string[];
  readonly lossless?: boolean;
}

export function migrationView(schema: SchemaReview, links: Links): MigrationView | undefined {
  const { migration, comparison, set } = schema;
  const from = schema.oldVersion ?? 'the old version';
  const to = schema.newVersion ?? 'the new version';
  const common = { from, to };
  switch (migration.status) {
    case 'not-needed': {
      const stored = comparison !== undefined && comparison.backward.verdict !== 'compatible';
      return stored && set.target === undefined ? { ...common, noTarget: true } : undefined;
    }
    case 'missing':
      return {
        ...common,
        missing: true,
        path: migration.path,
        proposal: migration.proposal,
        gaps: migration.gaps,
        createUrl: links.create(migration.path, migration.proposal),
      };
    case 'unusable':
      return { ...common, unusable: true, path: migration.path };
    case 'given': {
      const { path, proof, losses, operations } = migration;
      return {
        ...common,
        path,
        url: links.line(path, 1, 'new'),
        operations,
        losses,
        lossless: losses.length === 0,
        proved: proof.result === 'proved',
        preconditions: proof.result === 'proved' ? (proof.preconditions ?? []) : [],
        refuted: proof.result === 'refuted' ? { record: proof.record, reason: sentence(proof.reason) } : undefined,
        unproved: proof.result === 'unproved' ? proof.reason : undefined,
      };
    }
    default:
      return unreachable(migration);
  }
}
