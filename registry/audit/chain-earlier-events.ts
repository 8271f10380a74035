import type { ClientBase } from 'pg';
import { type AuditContent, chainStart } from '../../core/audit/event.ts';
import { eventHash } from '../../core/audit/hash.ts';
import { appendEvent } from '../events.ts';
import { auditChainGuards } from '../migrations/0003-audit-chain.ts';
import { utcText } from './utc-text.ts';

const batch = 1000;

/**
 * Gives the events that were recorded before there was a chain their places in it, in the order of their recording, and then says so in the
 * chain itself: for them the hashes prove only that nothing was changed since.
 */
export async function chainEarlierEvents(client: ClientBase): Promise<void> {
  let [sequence, previous, after] = [0, chainStart, '0'];
  for (;;) {
    const { rows } = await client.query<Omit<AuditContent, 'sequence' | 'previous'> & { id: string }>(
      `SELECT id, ${utcText('at')} AS at, kind, repository, actor, subject, data FROM sluice.events
       WHERE id > $1 ORDER BY id LIMIT $2`,
      [after, batch],
    );
    const links = rows.map(({ id, ...row }) => {
      sequence += 1;
      const link = { id, sequence, previous, hash: eventHash({ ...row, sequence, previous }) };
      previous = link.hash;
      return link;
    });
    await client.query(
      `UPDATE sluice.events SET sequence = link.sequence, previous = link.previous, hash = link.hash
       FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[]) AS link (id, sequence, previous, hash)
       WHERE events.id = link.id`,
      [
        links.map(({ id }) => id),
        links.map((link) => link.sequence),
        links.map((link) => link.previous),
        links.map(({ hash }) => hash),
      ],
    );
    const last = rows.at(-1);
    if (last === undefined || rows.length < batch) break;
    after = last.id;
  }
  await client.query('UPDATE sluice.events_head SET sequence = $1, hash = $2', [sequence, previous]);
  await client.query(auditChainGuards);
  if (sequence === 0) return;
  const data = { events: sequence, reason: 'recorded before the trail was chained: their hashes hold from here on' };
  await appendEvent(client, { kind: 'audit.chained', repository: '*', actor: 'sluice', subject: 'audit trail', data });
}
