import type { SchemaBundle } from '../schema/document.ts';
import type { Change } from './change.ts';
import { rootSubject } from './change-kind.ts';
import { dialectChanged, wholeDocument } from './change-kinds.ts';
import { whoBreaks } from './describe-change.ts';
import type { Verdict } from './verdict.ts';

/**
 * What no single change says: a verdict of the whole pair that none of `changes` explains, because only together they break, or
 * because the versions could not be walked side by side. Empty when the changes say it all.
 */
export function wholeDocumentChange(
  oldBundle: SchemaBundle,
  newBundle: SchemaBundle,
  whole: { readonly backward: Verdict; readonly forward: Verdict },
  changes: readonly Change[],
): Change[] {
  const unexplained = (direction: 'backward' | 'forward'): Verdict => {
    const verdict = whole[direction];
    const explains = (change: Change) =>
      verdict.verdict === 'breaking'
        ? change[direction].verdict === 'breaking'
        : change[direction].verdict !== 'compatible';
    return verdict.verdict === 'compatible' || changes.some(explains) ? { verdict: 'compatible' } : verdict;
  };
  const verdicts = { backward: unexplained('backward'), forward: unexplained('forward') };
  const [from, to] = [oldBundle.root.dialect, newBundle.root.dialect];
  const breaks = whoBreaks(verdicts);
  if (breaks === undefined && from === to) return [];
  const kind = from === to ? wholeDocument : dialectChanged;
  const pointer = from === to ? '' : '/$schema';
  return [
    {
      kind: kind.id,
      pointer,
      side: 'new',
      path: newBundle.root.path,
      line: newBundle.root.locate(pointer).line,
      subject: '',
      summary: from === to ? 'the changes together' : `${from} → ${to}`,
      ...verdicts,
      ...(breaks === undefined ? {} : { breaks }),
      ...(breaks === undefined || !kind.alternative ? {} : { alternative: kind.alternative(rootSubject) }),
    },
  ];
}
