const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** 2,456,789 */
export function formatCount(count: number): string {
  return whole.format(count);
}

/** `1 record`, `2,456,789 records`. The plural is the singular with an s unless given. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

/** A share in percent that never rounds something to nothing or a part to the whole: `0.002 %`, `99.9 %`, `< 0.001 %`. */
export function formatShare(part: number, total: number): string {
  if (total === 0) return '0 %';
  const share = (part / total) * 100;
  if (part === 0) return '0 %';
  if (part === total) return 'all';
  if (share < 0.001) return '< 0.001 %';
  if (share < 0.1) return `${share.toPrecision(1)} %`;
  if (share > 99.9) return '> 99.9 %';
  return `${share < 10 || share > 99 ? share.toFixed(1) : share.toFixed(0)} %`;
}
