import { error, notice, warning } from '@actions/core';
import { configurationPath } from '../core/configuration/defaults.ts';
import type { Annotation } from '../core/rendering/annotations.ts';
import { unreachable } from '../core/unreachable.ts';

/** GitHub shows this many annotations of each level for a step and drops the rest. */
const mostOfALevel = 10;

/** Marks the lines of the pull request that matter. Returns how many did not fit. */
export function annotate(annotations: readonly Annotation[]): number {
  let left = 0;
  for (const level of ['failure', 'warning', 'notice'] as const) {
    const ofLevel = annotations.filter((annotation) => annotation.level === level);
    left += Math.max(0, ofLevel.length - mostOfALevel);
    for (const annotation of ofLevel.slice(0, mostOfALevel)) emit(annotation);
  }
  return left;
}

/** Of several configurations, an annotation says which one it is from. */
export function titled(annotation: Annotation, config: string): Annotation {
  return config === configurationPath ? annotation : { ...annotation, title: `${annotation.title} (${config})` };
}

function emit({ path, line, column, level, title, message }: Annotation): void {
  const place = { file: path, startLine: line, ...(column === undefined ? {} : { startColumn: column }), title };
  switch (level) {
    case 'failure':
      return error(message, place);
    case 'warning':
      return warning(message, place);
    case 'notice':
      return notice(message, place);
    default:
      return unreachable(level);
  }
}
