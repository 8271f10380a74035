import { approvalSeverities } from '../configuration/approval-policy.ts';
import type { Subject } from './subject.ts';

/** What is known of a pull request, written down: for `sluice policy`. */
export interface WrittenFacts {
  readonly author?: string;
  readonly contributors?: readonly string[];
  /** Members by team. */
  readonly teams?: Readonly<Record<string, readonly string[]>>;
  /** By login. */
  readonly permissions?: Readonly<Record<string, 'none' | 'read' | 'write' | 'maintain' | 'admin'>>;
  /** Text of CODEOWNERS. */
  readonly codeowners?: string;
  /** The schemas whose change needs approval; none: nothing does. What is left out is not known. */
  readonly schemas?: readonly WrittenSubject[];
  readonly reviews?: readonly WrittenReview[];
}

export interface WrittenSubject {
  readonly path: string;
  readonly 'previous-path'?: string;
  readonly verdict?: Subject['verdict'];
  readonly changes?: readonly string[];
  readonly severity?: NonNullable<Subject['severity']>;
  readonly records?: number;
  /** null: no target holds its records. */
  readonly environment?: string | null;
  readonly lossy?: boolean;
}

export interface WrittenReview {
  readonly by: string;
  readonly opinion?: 'approved' | 'changes-requested' | 'dismissed';
  readonly bot?: boolean;
  /** Why it is of something else than what is there now. */
  readonly stale?: string;
  /** Whether something was pushed after it. */
  readonly 'before-push'?: boolean;
}

const logins = { type: 'array', items: { type: 'string', minLength: 1 } };

/** The settings of a facts file, as JSON Schema. */
export const factsProperties = {
  author: { type: 'string' },
  contributors: logins,
  teams: { type: 'object', additionalProperties: logins },
  permissions: {
    type: 'object',
    additionalProperties: { enum: ['none', 'read', 'write', 'maintain', 'admin'] },
  },
  codeowners: { type: 'string' },
  schemas: {
    type: 'array',
    maxItems: 1000,
    items: {
      type: 'object',
      required: ['path'],
      additionalProperties: false,
      properties: {
        path: { type: 'string', minLength: 1 },
        'previous-path': { type: 'string', minLength: 1 },
        verdict: { enum: ['compatible', 'breaking', 'undecided'] },
        changes: { type: 'array', items: { type: 'string' } },
        severity: { enum: ['none', ...approvalSeverities] },
        records: { type: 'integer', minimum: 0 },
        environment: { type: ['string', 'null'] },
        lossy: { type: 'boolean' },
      },
    },
  },
  reviews: {
    type: 'array',
    maxItems: 1000,
    items: {
      type: 'object',
      required: ['by'],
      additionalProperties: false,
      properties: {
        by: { type: 'string', minLength: 1 },
        opinion: { enum: ['approved', 'changes-requested', 'dismissed'] },
        bot: { type: 'boolean' },
        stale: { type: 'string', minLength: 1 },
        'before-push': { type: 'boolean' },
      },
    },
  },
} as const;
