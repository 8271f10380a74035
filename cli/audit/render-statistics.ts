import type { Statistics } from '../../core/audit/statistics.ts';
import { formatCount, formatShare } from '../../core/rendering/numbers.ts';

/** The statistics as a table for people. */
export function renderStatistics({ approvals, migrations }: Statistics): string {
  const { succeeded, failed, rolledBack } = migrations;
  const rows: [string, string][] = [
    ['Approvals', ''],
    ['  requested', formatCount(approvals.requested)],
    ['  approved', formatCount(approvals.approved)],
    ['  rejected', formatCount(approvals.rejected)],
    ['  pending', formatCount(approvals.pending)],
    ['  average time to approval', approvals.averageTime === undefined ? 'none yet' : duration(approvals.averageTime)],
    ['Migrations', ''],
    ['  ordered', formatCount(migrations.ordered)],
    ['  succeeded', formatCount(succeeded)],
    ['  failed', formatCount(failed)],
    ['  rolled back', formatCount(rolledBack)],
    ['  called off', formatCount(migrations.cancelled)],
    ['  under way', formatCount(migrations.underWay)],
    [
      '  success',
      migrations.success === undefined ? 'none yet' : formatShare(succeeded, succeeded + failed + rolledBack),
    ],
  ];
  return `${rows.map(([name, value]) => `${name.padEnd(28)}${value}`.trimEnd()).join('\n')}\n`;
}

/** The two largest units: `3 d 4 h`, `12 min 5 s`. */
function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const parts: [number, string][] = [
    [Math.floor(whole / 86_400), 'd'],
    [Math.floor(whole / 3600) % 24, 'h'],
    [Math.floor(whole / 60) % 60, 'min'],
    [whole % 60, 's'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  if (first < 0) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}
