import type { Decision } from '../core/approval/decision.ts';
import type { Database } from './database.ts';

/** What was approved, for one schema file of the pull request. */
export interface ApprovedPart {
  /** Path of the schema in the repository. */
  readonly path: string;
  readonly fingerprint: string;
}

/** A policy's yes, bound to exactly what it was said to. */
export interface Approval {
  readonly repository: string;
  readonly pullRequest: number;
  /** Commit that was approved. */
  readonly head: string;
  /** Fingerprint of the whole review. */
  readonly fingerprint: string;
  readonly parts: readonly ApprovedPart[];
  readonly decision: Decision;
  readonly by: readonly string[];
  readonly policyHash: string;
}

export interface ApprovalRow extends Approval {
  readonly id: string;
  readonly created: Date;
}

/** Keeps the approval as the current one of its pull request; an earlier current one is replaced. */
export async function saveApproval(db: Database, approval: Approval): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `INSERT INTO sluice.approvals (repository, pull_request, head, fingerprint, parts, decision, approved_by, policy_hash)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (repository, pull_request) WHERE state = 'approved' DO UPDATE SET
       head = excluded.head, fingerprint = excluded.fingerprint, parts = excluded.parts, decision = excluded.decision,
       approved_by = excluded.approved_by, policy_hash = excluded.policy_hash, created = now()
     RETURNING id`,
    [
      approval.repository,
      approval.pullRequest,
      approval.head,
      approval.fingerprint,
      JSON.stringify(approval.parts),
      JSON.stringify(approval.decision),
      approval.by,
      approval.policyHash,
    ],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('The approval was not saved.');
  return row.id;
}

/** The approval that counts now, if there is one. */
export async function currentApproval(
  db: Database,
  of: { readonly repository: string; readonly pullRequest: number },
): Promise<ApprovalRow | undefined> {
  const { rows } = await db.query<ApprovalRow>(
    `SELECT id, repository, pull_request AS "pullRequest", head, fingerprint, parts, decision, approved_by AS by,
       policy_hash AS "policyHash", created
     FROM sluice.approvals WHERE repository = $1 AND pull_request = $2 AND state = 'approved'`,
    [of.repository, of.pullRequest],
  );
  return rows[0];
}

/** Takes back the current approval. Returns how many there were: 0 or 1. */
export async function invalidateApprovals(
  db: Database,
  of: { readonly repository: string; readonly pullRequest: number; readonly reason: string },
): Promise<number> {
  const { rowCount } = await db.query(
    `UPDATE sluice.approvals SET state = 'invalidated', invalidated = now(), reason = $3
     WHERE repository = $1 AND pull_request = $2 AND state = 'approved'`,
    [of.repository, of.pullRequest, of.reason],
  );
  return rowCount ?? 0;
}
