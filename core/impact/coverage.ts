import { type Cluster, effectiveSize } from './interval.ts';

/** How much of a table was looked at, and how it was chosen. */
export interface Coverage {
  /** Whether those are all records there are; false: they are a sample, or reading stopped at its limit. */
  readonly complete: boolean;
  /** Records of the table, as the server's statistics estimate them; absent when not known, or when all were looked at. */
  readonly population?: number;
  /** How the records were drawn, when they are a sample of the whole table; absent: they are the first ones. */
  readonly sample?: Sample;
  /** What ended the reading early. */
  readonly stopped?: 'records' | 'time';
  /** Records a second that were read and looked at. */
  readonly rate?: number;
}

/** Blocks drawn at random, with all of their records or some. */
export interface Sample {
  readonly blocks: number;
  /** How many records drawn one by one would tell as much: records that are stored together are alike. */
  readonly effective: number;
}

/** How the records that were seen were come by. */
export interface ScanResult {
  /** Whether every stored record was seen. */
  readonly complete: boolean;
  /** Whether blocks of the whole table were drawn at random, rather than its first records read. */
  readonly sampled?: boolean;
  readonly population?: number | undefined;
  readonly stopped?: 'records' | 'time' | undefined;
  /** Milliseconds that reading and looking took. */
  readonly elapsed?: number;
}

/** Follows which blocks the records came from, and in which of them there were hits. */
export function trackCoverage() {
  let seen = 0;
  const blocks = new Map<string, Cluster>();
  return {
    /** @param block the part of the table that was drawn together with this record; only in a sample */
    see(block: string | undefined, isHit: boolean): void {
      seen += 1;
      if (block === undefined) return;
      const { rows, hits } = blocks.get(block) ?? { rows: 0, hits: 0 };
      blocks.set(block, { rows: rows + 1, hits: hits + (isHit ? 1 : 0) });
    },
    result({ complete, sampled = false, population, stopped, elapsed = 0 }: ScanResult): Coverage {
      return {
        complete,
        ...(population === undefined || complete ? {} : { population }),
        ...(sampled ? { sample: { blocks: blocks.size, effective: effectiveSize([...blocks.values()]) } } : {}),
        ...(stopped === undefined ? {} : { stopped }),
        ...(elapsed > 0 && seen > 0 ? { rate: Math.round((seen / elapsed) * 1000) } : {}),
      };
    },
  };
}
