import { signs } from '../comment/headline.ts';
import { countOf } from '../numbers.ts';
import { noPaint } from '../terminal.ts';
import { fit, shown, wrapped } from '../terminal-text.ts';
import { historyView } from './history-view.ts';
import type { SchemaHistory } from './schema-history.ts';

const mostChanges = 8;

/** The timeline of a schema for a terminal, newest first. */
export function historyForTerminal(history: SchemaHistory, { paint = noPaint, width = 120 } = {}): string {
  const view = historyView(history);
  const lines = [`${paint.strong(shown(view.name))}  ${paint.faint(shown(view.path))}`, ''];
  const column = Math.max(...view.entries.map(({ version }) => shown(version).length));
  for (const entry of view.entries) {
    const mark = entry.sign === signs.good ? paint.good(entry.sign) : paint.bad(entry.sign);
    const says = [entry.word, entry.bump].filter((word) => word !== undefined).join(', ');
    lines.push(
      `${mark} ${paint.strong(shown(entry.version).padEnd(column))}  ${entry.date}  ${says}  ${paint.faint(`${entry.commit} ${fit(entry.author, 30)}`)}`,
    );
    const add = (text: string): number => lines.push(...wrapped(text, width - 4).map((line) => `    ${line}`));
    add(entry.subject);
    if (entry.movedFrom !== undefined) add(`moved from ${entry.movedFrom}`);
    for (const row of entry.rows.slice(0, mostChanges)) add(`${row.sign} ${row.subject}: ${row.summary}`);
    if (entry.rows.length > mostChanges) add(`… and ${countOf(entry.rows.length - mostChanges, 'more change')}`);
    if (entry.problem !== undefined) add(entry.problem);
    if (entry.versionNote !== undefined) add(`version: ${entry.versionNote}`);
    if (entry.migration !== undefined) add(`migration: ${entry.migration}`);
  }
  lines.push('', `${view.summary}${view.isCut ? '; older entries are not shown, see --limit' : ''}`);
  return `${lines.join('\n')}\n`;
}
