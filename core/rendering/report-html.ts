import type { ReportInput } from './comment/input.ts';
import { reportView } from './comment/report.ts';
import { pageSchema } from './page-schema.ts';
import { render } from './render.ts';
import { toneOf } from './tone.ts';

/** The whole report as one page that needs nothing else: to keep, to print, to attach. No script, no address outside the report's own. */
export function renderReportPage(input: ReportInput): string {
  const { review, impact, baseBranch } = input;
  const view = reportView(input);
  const schemas = view.schemas.map((each, place) => {
    const schema = review.schemas[each.at];
    return {
      ...each,
      // Its headline is the page's.
      isAlone: view.single !== undefined,
      ...(schema === undefined ? {} : pageSchema(schema, impact.get(schema.path), `schema-${place + 1}`)),
    };
  });
  return render('report.html', {
    ...view,
    schemas,
    tone: toneOf((view.single ?? view.overall)?.sign),
    baseBranch,
    baseCommit: review.base,
    headCommit: review.head,
    wholeFingerprint: review.fingerprint,
  });
}
