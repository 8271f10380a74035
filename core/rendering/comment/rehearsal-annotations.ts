import type { Rehearsal } from '../../impact/rehearsal.ts';
import type { Review } from '../../review/review.ts';
import type { Annotation } from '../annotations.ts';
import { shorten } from '../markdown.ts';
import { onOneLine } from '../visible.ts';
import { rehearsalLine } from './rehearsal-view.ts';

/** A note at each migration that left records behind when it was tried. */
export function rehearsalAnnotations(review: Review, rehearsals: ReadonlyMap<string, Rehearsal>): Annotation[] {
  return review.schemas.flatMap(({ path, migration }): Annotation[] => {
    const rehearsal = rehearsals.get(path);
    if (migration.status !== 'given' || rehearsal?.status !== 'rehearsed') return [];
    const { tried, succeeded, failures } = rehearsal;
    if (tried === succeeded) return [];
    const first = failures.map(({ key, violations: [violation] }) => `${key} (${violation?.at} ${violation?.message})`);
    const message = `Tried on stored records: ${rehearsalLine(rehearsal)} Among the others: ${first.join(', ')}.`;
    const title = 'Sluice: rehearsal';
    return [{ path: migration.path, line: 1, level: 'warning', title, message: shorten(onOneLine(message), 2_000) }];
  });
}

/** For a terminal: one line for each migration that was tried, or an empty text. */
export function renderRehearsals(review: Review, rehearsals: ReadonlyMap<string, Rehearsal>): string {
  return review.schemas
    .flatMap(({ name, path }) => {
      const rehearsal = rehearsals.get(path);
      return rehearsal?.status === 'rehearsed' ? [onOneLine(`${name}: rehearsal: ${rehearsalLine(rehearsal)}`)] : [];
    })
    .map((line) => `${line}\n`)
    .join('');
}
