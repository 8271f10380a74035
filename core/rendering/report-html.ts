import type { ReportInput } from './comment/input.ts';
import { reportView } from './comment/report.ts';
import { render } from './render.ts';

/** The whole report as one page that needs nothing else: to keep, to print, to attach. No script, no address outside the report's own. */
export function renderReportPage(input: ReportInput): string {
  return render('report.html', { ...reportView(input), ...versions(input) });
}

function versions({ review }: ReportInput): { baseCommit: string; headCommit: string } {
  return { baseCommit: review.base, headCommit: review.head };
}
