import pc from 'picocolors';
import type { Change } from '../../core/compatibility/change.ts';
import { answerOf } from '../../core/compatibility/mode.ts';
import type { Verdict } from '../../core/compatibility/verdict.ts';
import { unreachable } from '../../core/unreachable.ts';
import type { CheckedFiles } from './check-files.ts';

type Paint = ReturnType<typeof pc.createColors>;
type Answer = Verdict['verdict'];

/** For people: one line for the answer, one for each change, then what shows it. Signs come with words, colour only adds. */
export function renderText(checked: CheckedFiles, colours: boolean): string {
  const paint = pc.createColors(colours);
  const { comparison, newPath, oldVersion, newVersion } = checked;
  const { changes, mode, verdict } = comparison;
  const answers = changes.map((change) => (mode === 'NONE' ? 'compatible' : answerFor(change, mode)));
  const count = answers.filter((answer) => answer !== 'compatible').length;
  const versions = oldVersion && newVersion ? ` ${oldVersion} → ${newVersion}` : '';
  const head = `${sign(verdict, paint)} ${nameOf(newPath)}${versions}   ${verdict}${count > 0 ? ` (${count})` : ''}   ${paint.dim(newPath)}`;
  const rows = changes.map((change, at) => row(change, answers[at] ?? 'compatible', paint));
  return [head, ...align(rows), ...proof(checked, paint), ...footer(checked), ''].join('\n');
}

function answerFor(change: Change, mode: CheckedFiles['comparison']['mode']): Answer {
  if (mode === 'APPEND_ONLY') return change.kind === 'append-only-violated' ? 'breaking' : 'compatible';
  return answerOf(mode, change);
}

function row(change: Change, answer: Answer, paint: Paint): string[] {
  const where = change.side === 'old' ? `${change.line} (old)` : String(change.line);
  const effect = answer === 'compatible' ? 'compatible' : `${answer}: ${change.breaks ?? ''}`;
  return [`  ${sign(answer, paint)}`, where, change.subject || '(document)', change.summary, effect];
}

/** Columns as wide as their widest cell; the last one runs free. */
function align(rows: readonly string[][]): string[] {
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.map((cells) => (cells[column] ?? '').length)));
  return rows.map((cells) =>
    cells
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** The documents that show a break, of the directions that were asked about; or why it is not known. */
function proof({ comparison }: CheckedFiles, paint: Paint): string[] {
  const { backward, forward, changes, mode } = comparison;
  const asked: [string, Verdict][] = [];
  if (!mode.startsWith('FORWARD')) asked.push(['valid under the old version', backward]);
  if (mode.startsWith('FORWARD') || mode.startsWith('FULL')) asked.push(['valid under the new version', forward]);
  if (mode === 'NONE' || mode === 'APPEND_ONLY') return [];
  const alternatives = [
    ...new Set(
      changes.flatMap((change) => (answerFor(change, mode) === 'compatible' ? [] : (change.alternative ?? []))),
    ),
  ];
  return [
    ...asked.flatMap(([valid, verdict]) => evidence(valid, verdict)),
    ...alternatives.map((text) => `  ${paint.bold('compatible instead')}: ${text}`),
  ];
}

function evidence(valid: string, verdict: Verdict): string[] {
  switch (verdict.verdict) {
    case 'compatible':
      return [];
    case 'breaking': {
      const { at, message } = verdict.violation;
      return [
        `  witness ${shorten(JSON.stringify(verdict.witness))}`,
        `    ${valid}; under the other, ${at || 'it'} ${message}`,
      ];
    }
    case 'undecided':
      return [`  undecided at ${verdict.pointer || 'the document'}: ${verdict.reason}`];
    default:
      return unreachable(verdict);
  }
}

function footer({ comparison, advice }: CheckedFiles): string[] {
  const { mode, producers, otherwise } = comparison;
  const words = {
    open: 'strict sets (any valid document may exist)',
    closed: 'closed producers (writers emit declared properties only)',
  };
  const other = otherwise ? `; with ${words[otherwise.producers]}: ${otherwise.verdict}` : '';
  const { bump, recommended, declared, honest } = advice;
  const version =
    recommended && !honest
      ? `  version: ${bump} change, at least ${recommended} (declared ${declared ?? 'none'})`
      : undefined;
  return [...(version === undefined ? [] : [version]), `  mode ${mode}, ${words[producers ?? 'open']}${other}`];
}

function sign(answer: Answer, paint: Paint): string {
  if (answer === 'compatible') return paint.green('✔');
  return answer === 'breaking' ? paint.red('✖') : paint.yellow('?');
}

function nameOf(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? path).replace(/(\.schema)?\.(json|ya?ml)$/i, '');
}

function shorten(text: string): string {
  return text.length <= 2000 ? text : `${text.slice(0, 1999)}…`;
}
