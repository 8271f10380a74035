/** A share between 0 and 1 with the interval that holds the true one in 95 of 100 samples. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** Quantile of the normal distribution for 95 %, two-sided. */
const z = 1.959964;

/**
 * Wilson's score interval (1927) for `hits` of `n` independent draws; `n` may be an effective size, and no whole number. With no hit, or
 * nothing but hits, the rule of three: 3/n (Hanley & Lippman-Hand, 1983), which is one-sided and a little wider.
 */
export function shareInterval(share: number, n: number): Interval {
  if (n <= 0) return { lower: 0, upper: 1 };
  if (share <= 0) return { lower: 0, upper: Math.min(1, 3 / n) };
  if (share >= 1) return { lower: Math.max(0, 1 - 3 / n), upper: 1 };
  const centre = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return { lower: Math.max(0, centre - half), upper: Math.min(1, centre + half) };
}

/** Rows of one block of the table that were drawn together, and how many of them were hits. */
export interface Cluster {
  rows: number;
  hits: number;
}

/**
 * How many independent draws tell as much as these clusters do. Rows that were stored together are alike, so a sample of blocks tells less
 * than its rows: by the design effect, the variance of the ratio estimator over that of independent draws (Kish, Survey Sampling, 1965). Where
 * nothing varies, no more than the number of blocks is believed.
 */
export function effectiveSize(clusters: readonly Cluster[]): number {
  const rows = clusters.reduce((sum, cluster) => sum + cluster.rows, 0);
  const hits = clusters.reduce((sum, cluster) => sum + cluster.hits, 0);
  const count = clusters.length;
  if (count < 2 || hits === 0 || hits === rows) return count;
  const share = hits / rows;
  const spread = clusters.reduce((sum, cluster) => sum + (cluster.hits - share * cluster.rows) ** 2, 0);
  const variance = ((count / (count - 1)) * spread) / (rows * rows);
  const independent = (share * (1 - share)) / rows;
  return Math.min(rows, rows / (variance / independent));
}
