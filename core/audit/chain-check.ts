import { type AuditEvent, chainStart } from './event.ts';
import { eventHash } from './hash.ts';

/** What is wrong with a chain. Numbers are places in it. */
export type ChainFinding =
  /** What it says is not what was recorded. */
  | { readonly problem: 'changed'; readonly sequence: number }
  /** It was recorded at another place. */
  | { readonly problem: 'moved'; readonly sequence: number; readonly from: number }
  /** Nothing that was recorded later follows it: it was put in, or put in place of another. */
  | { readonly problem: 'inserted'; readonly from: number; readonly to: number }
  | { readonly problem: 'missing'; readonly from: number; readonly to: number }
  /** The hash that was noted earlier is nowhere in the chain: its end was cut off, or all of it written again. */
  | { readonly problem: 'not-reached'; readonly hash: string };

export interface ChainVerdict {
  readonly checked: number;
  readonly last: { readonly sequence: number; readonly hash: string };
  /** The first ones; one wrong event may lead to many. */
  readonly findings: readonly ChainFinding[];
  readonly found: number;
}

const mostFindings = 200;
/** How far from its place an event is looked for. */
const reach = 50;

interface Link {
  readonly sequence: number;
  readonly hash: string;
  /** Whether the event is what and where it was recorded. */
  readonly sound: boolean;
}

/** Follows a chain event by event, in the order of their places, and says at the end what is wrong with it. */
export class ChainCheck {
  readonly #expected: string | undefined;
  #checked = 0;
  #found = 0;
  /** `because`: the place of the event whose link showed it. */
  readonly #findings: { readonly finding: ChainFinding; readonly because?: number }[] = [];
  /** Places that events were recorded at, by the places where they are. */
  readonly #moved = new Map<number, number>();
  #last: Link = { sequence: 0, hash: chainStart, sound: true };
  /** Of the last event that was found at another place: those after it were likely moved as far. */
  #shift = 0;
  #reached = false;

  /** @param expected a hash that somebody noted earlier and that must be in the chain */
  constructor(expected?: string) {
    this.#expected = expected;
  }

  add(event: AuditEvent): void {
    this.#checked += 1;
    this.#reached ||= event.hash === this.#expected;
    const { sequence } = event;
    if (sequence > this.#last.sequence + 1) {
      this.#note({ problem: 'missing', from: this.#last.sequence + 1, to: sequence - 1 });
    } else if (sequence <= this.#last.sequence) this.#note({ problem: 'inserted', from: sequence, to: sequence });
    const recorded = this.#recordedAt(event);
    if (recorded === undefined) this.#note({ problem: 'changed', sequence });
    else if (recorded !== sequence) {
      this.#note({ problem: 'moved', sequence, from: recorded });
      if (this.#moved.size < mostFindings) this.#moved.set(sequence, recorded);
    }
    if (sequence === this.#last.sequence + 1) this.#checkLink(event, recorded);
    this.#last = { sequence, hash: event.hash, sound: recorded === sequence };
  }

  /** @param head what the registry itself remembers as the end of the chain */
  finish(head?: ChainVerdict['last']): ChainVerdict {
    const { sequence, hash } = this.#last;
    if (head && head.sequence > sequence) this.#note({ problem: 'missing', from: sequence + 1, to: head.sequence });
    else if (head && head.sequence < sequence)
      this.#note({ problem: 'inserted', from: head.sequence + 1, to: sequence });
    else if (head && head.hash !== hash && this.#last.sound)
      this.#note({ problem: 'inserted', from: sequence, to: sequence });
    if (this.#expected !== undefined && !this.#reached && this.#expected !== chainStart)
      this.#note({ problem: 'not-reached', hash: this.#expected });
    return { checked: this.#checked, last: { sequence, hash }, findings: this.#withoutEchoes(), found: this.#found };
  }

  /** An event whose neighbour before it is sound has to follow exactly that one. */
  #checkLink(event: AuditEvent, recorded: number | undefined): void {
    const { sequence, sound, hash } = this.#last;
    if (event.previous === hash || !sound || recorded === undefined) return;
    const because = event.sequence;
    if (recorded > because) this.#note({ problem: 'missing', from: because, to: recorded - 1 }, because);
    else if (sequence > 0) this.#note({ problem: 'inserted', from: sequence, to: sequence }, because);
    else this.#note({ problem: 'changed', sequence: because });
  }

  /** The place that an event's hash was made for; undefined when it was made for something else altogether. */
  #recordedAt(event: AuditEvent): number | undefined {
    for (const place of this.#candidates(event.sequence)) {
      if (eventHash({ ...event, sequence: place }) !== event.hash) continue;
      this.#shift = place - event.sequence;
      return place;
    }
    return undefined;
  }

  *#candidates(sequence: number): Generator<number> {
    yield sequence;
    if (this.#shift !== 0) yield sequence + this.#shift;
    for (let far = 1; far <= reach; far += 1) {
      yield sequence + far;
      if (sequence > far) yield sequence - far;
    }
  }

  #note(finding: ChainFinding, because?: number): void {
    this.#found += 1;
    if (this.#findings.length < mostFindings)
      this.#findings.push(because === undefined ? { finding } : { finding, because });
  }

  /** Where events changed places among themselves, the links to their neighbours are broken without anything missing or put in. */
  #withoutEchoes(): ChainFinding[] {
    const kept = this.#findings.filter(({ because }) => because === undefined || !isInCycle(this.#moved, because));
    this.#found -= this.#findings.length - kept.length;
    return kept.map(({ finding }) => finding);
  }
}

/** Whether following an event to where it was recorded, and the one that is there now, and so on, leads back to it. */
function isInCycle(moved: ReadonlyMap<number, number>, start: number): boolean {
  let place = moved.get(start);
  for (let steps = moved.size; steps > 0 && place !== undefined && place !== start; steps -= 1)
    place = moved.get(place);
  return place === start;
}
