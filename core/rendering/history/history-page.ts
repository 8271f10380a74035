import { render } from '../render.ts';
import { historyView } from './history-view.ts';
import type { SchemaHistory } from './schema-history.ts';

export interface HistoryPage {
  readonly title: string;
  readonly histories: readonly SchemaHistory[];
  /** The commit that the clone is at. */
  readonly commit: string;
}

/** Timelines as one page that needs nothing else: to keep, to print. No script, no address. */
export function renderHistoryPage({ title, histories, commit }: HistoryPage): string {
  return render('history.html', {
    title,
    commit,
    isMany: histories.length > 1,
    histories: histories.map((history, at) => historyView(history, `schema-${at + 1}`)),
  });
}

/** A timeline in markdown. */
export function renderHistoryMarkdown(history: SchemaHistory): string {
  return render('history', historyView(history));
}
