import type { Pool } from 'pg';
import { readPlan } from '../../runner/plan.ts';
import { claimOrder } from '../../test/support/claims.ts';

/** What is wrong with the records of `claims`, told by their twin that the same transactions wrote. */
export interface Judgement {
  readonly records: number;
  readonly lost: number;
  readonly surplus: number;
  readonly doubled: number;
  readonly differing: number;
}

/**
 * Compares `claims` with its twin while nobody writes. A default says of itself that it does not come off again, so on the old
 * version a policy number that is UNKNOWN counts as none.
 */
export async function judge(target: Pool, version: 'old' | 'new'): Promise<Judgement> {
  const { forward } = await readPlan(claimOrder());
  const plain = (document: string) =>
    `(CASE WHEN ${document}->>'policy_number' = 'UNKNOWN' THEN ${document} - 'policy_number' ELSE ${document} END)`;
  const [expected, actual] =
    version === 'new' ? [forward.toSql('t.document'), 'c.document'] : [plain('t.document'), plain('c.document')];
  const { rows } = await target.query<Record<keyof Judgement, string>>(
    `SELECT count(*) FILTER (WHERE t.id IS NOT NULL) AS records,
       count(*) FILTER (WHERE c.id IS NULL) AS lost, count(*) FILTER (WHERE t.id IS NULL) AS surplus,
       (SELECT count(*) - count(DISTINCT id) FROM claims) AS doubled,
       count(*) FILTER (WHERE (${expected}, t.region, t.created) IS DISTINCT FROM (${actual}, c.region, c.created)
         AND t.id IS NOT NULL AND c.id IS NOT NULL) AS differing
     FROM twin t FULL JOIN claims c ON c.id = t.id`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('nothing to judge');
  const { records, lost, surplus, doubled, differing } = row;
  return {
    records: Number(records),
    lost: Number(lost),
    surplus: Number(surplus),
    doubled: Number(doubled),
    differing: Number(differing),
  };
}
