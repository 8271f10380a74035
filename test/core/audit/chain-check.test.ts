import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChainCheck, type ChainVerdict } from '../../../core/audit/chain-check.ts';
import { type AuditEvent, chainStart } from '../../../core/audit/event.ts';
import { eventHash } from '../../../core/audit/hash.ts';
import type { Json } from '../../../core/schema/json.ts';

/** Follows `after`, with the right hash. */
function follow(after: AuditEvent | undefined, data: Json): AuditEvent {
  const content = {
    sequence: (after?.sequence ?? 0) + 1,
    at: '2026-03-01T12:00:00.000000Z',
    kind: 'approval.given',
    repository: 'acme/claims',
    actor: 'platform-engineer',
    subject: 'pull request 7',
    data,
    previous: after?.hash ?? chainStart,
  };
  return { ...content, hash: eventHash(content) };
}

function chain(length: number): AuditEvent[] {
  const events: AuditEvent[] = [];
  while (events.length < length) events.push(follow(events.at(-1), { number: events.length }));
  return events;
}

function check(events: readonly AuditEvent[], head?: ChainVerdict['last'], expected?: string): ChainVerdict {
  const check = new ChainCheck(expected);
  for (const event of events) check.add(event);
  return check.finish(head);
}

const rehashed = (event: AuditEvent): AuditEvent => ({ ...event, hash: eventHash(event) });
const at = (events: readonly AuditEvent[], sequence: number): AuditEvent => {
  const event = events[sequence - 1];
  if (!event) throw new Error('no such event');
  return event;
};
const endOf = (events: readonly AuditEvent[]): ChainVerdict['last'] => at(events, events.length);

describe('a chain of events', () => {
  const events = chain(9);

  it('is sound as it was written', () => {
    const { hash } = endOf(events);
    expect(check(events, endOf(events), hash)).toEqual({
      checked: 9,
      last: { sequence: 9, hash },
      findings: [],
      found: 0,
    });
    expect(check([])).toMatchObject({ checked: 0, findings: [] });
  });

  it.each([
    ['actor', { actor: 'developer' }],
    ['time', { at: '2026-03-01T12:00:00.000001Z' }],
    ['data', { data: { number: 4, more: true } }],
    ['kind', { kind: 'approval.refused' }],
    ['repository', { repository: 'acme/other' }],
    ['subject', { subject: 'pull request 8' }],
    ['previous', { previous: 'f'.repeat(64) }],
  ])('names the event whose %s was changed', (_, patch) => {
    const changed = events.with(3, { ...at(events, 4), ...patch });
    expect(check(changed).findings).toEqual([{ problem: 'changed', sequence: 4 }]);
  });

  it('names the event that was changed with a fresh hash: nothing follows it', () => {
    const changed = events.with(3, rehashed({ ...at(events, 4), actor: 'developer' }));
    expect(check(changed).findings).toEqual([{ problem: 'inserted', from: 4, to: 4 }]);
  });

  it('names what was taken out', () => {
    expect(check(events.toSpliced(3, 2)).findings).toEqual([{ problem: 'missing', from: 4, to: 5 }]);
    expect(check(events.slice(2)).findings).toEqual([{ problem: 'missing', from: 1, to: 2 }]);
  });

  it('names what was taken out, also when the rest was numbered again', () => {
    const closed = events.toSpliced(3, 1).map((event, index) => ({ ...event, sequence: index + 1 }));
    expect(check(closed).findings).toContainEqual({ problem: 'missing', from: 4, to: 4 });
    expect(check(closed).findings).toContainEqual({ problem: 'moved', sequence: 4, from: 5 });
  });

  it('names what was put in', () => {
    const forged = follow(at(events, 4), { forged: true });
    const longer = events.toSpliced(4, 0, forged).map((event, index) => ({ ...event, sequence: index + 1 }));
    expect(check(longer).findings[0]).toEqual({ problem: 'moved', sequence: 6, from: 5 });
    expect(check(longer).findings).toContainEqual({ problem: 'inserted', from: 5, to: 5 });
    expect(check(longer).findings.filter(({ problem }) => problem === 'inserted')).toHaveLength(1);
  });

  it('names those that changed places, and misses none of them', () => {
    const [third, sixth] = [at(events, 3), at(events, 6)];
    const swapped = events.with(2, { ...sixth, sequence: 3 }).with(5, { ...third, sequence: 6 });
    expect(check(swapped).findings).toEqual([
      { problem: 'moved', sequence: 3, from: 6 },
      { problem: 'moved', sequence: 6, from: 3 },
    ]);
  });

  it('that was written again from some event on is not the one whose hash was noted', () => {
    const noted = at(events, 7).hash;
    const forged = events.slice(0, 4);
    while (forged.length < 9) forged.push(follow(forged.at(-1), { forged: true }));
    expect(check(forged, endOf(forged)).findings).toEqual([]);
    expect(check(forged, endOf(forged), noted).findings).toEqual([{ problem: 'not-reached', hash: noted }]);
  });

  it('whose end was cut off is not the one that the registry or somebody else remembers', () => {
    const cut = events.slice(0, 6);
    expect(check(cut, endOf(events)).findings).toEqual([{ problem: 'missing', from: 7, to: 9 }]);
    expect(check(cut, endOf(cut), endOf(events).hash).findings).toEqual([
      { problem: 'not-reached', hash: endOf(events).hash },
    ]);
  });

  it('that has more than the registry remembers was added to by somebody else', () => {
    expect(check(events, at(events, 7)).findings).toEqual([{ problem: 'inserted', from: 8, to: 9 }]);
  });

  it('never passes after any single change, removal, swap or insertion', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 12 }),
        fc.nat(),
        fc.nat(),
        fc.constantFrom('change', 'remove', 'renumber', 'swap', 'insert'),
        (length, one, other, how) => {
          const sound = chain(length);
          const index = one % length;
          const event = at(sound, index + 1);
          const second = at(sound, (other % length) + 1);
          fc.pre(how !== 'swap' || second !== event);
          const tampered =
            how === 'change'
              ? sound.with(index, { ...event, data: { number: -1 } })
              : how === 'remove'
                ? sound.toSpliced(index, 1)
                : how === 'renumber'
                  ? sound.toSpliced(index, 1).map((each, place) => ({ ...each, sequence: place + 1 }))
                  : how === 'swap'
                    ? sound
                        .with(index, { ...second, sequence: event.sequence })
                        .with(second.sequence - 1, { ...event, sequence: second.sequence })
                    : sound
                        .toSpliced(index, 0, follow(sound[index - 1], { forged: true }))
                        .map((each, place) => ({ ...each, sequence: place + 1 }));
          expect(check(tampered, endOf(sound)).found).toBeGreaterThan(0);
        },
      ),
    );
  });
});
