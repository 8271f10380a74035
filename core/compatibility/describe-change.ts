import { appendPointer } from '../schema/pointer.ts';
import type { Change } from './change.ts';
import { rootSubject } from './change-kind.ts';
import type { Combined } from './combined.ts';
import type { Verdict } from './verdict.ts';
import type { Found } from './walk.ts';
import { withWrittenDigits } from './written-digits.ts';

/** A difference as people read it: in which file and line, who breaks, and what to do instead. */
export function describeChange(
  combined: Combined,
  found: Found,
  verdicts: { readonly backward: Verdict; readonly forward: Verdict },
): Change {
  const { difference, pair } = found;
  const { kind, side, segments, subject, before, after } = difference;
  const origin = combined.origin(appendPointer(pair[side].pointer, ...segments));
  if (!origin) throw new Error(`a change of kind ${kind.id} has no origin`);
  const { document, pointer } = origin;
  const breaks = whoBreaks(verdicts);
  return {
    kind: kind.id,
    ...(kind.specName === undefined ? {} : { specName: kind.specName }),
    pointer,
    side,
    path: document.path,
    line: document.locate(pointer).line,
    subject,
    summary: withWrittenDigits(combined, found),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    ...verdicts,
    ...(breaks === undefined ? {} : { breaks }),
    ...(breaks === undefined || !kind.alternative ? {} : { alternative: kind.alternative(subject || rootSubject) }),
  };
}

/** Undefined when nobody does. */
export function whoBreaks({ backward, forward }: { backward: Verdict; forward: Verdict }): string | undefined {
  const readers = [
    ...(backward.verdict === 'compatible' ? [] : ['services on the new version that read old records']),
    ...(forward.verdict === 'compatible' ? [] : ['services still on the old version that read new records']),
  ];
  return readers.length === 0 ? undefined : readers.join('; ');
}
