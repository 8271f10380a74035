import type { ReportInput } from './comment/input.ts';
import { reportView } from './comment/report.ts';
import { pageSchema } from './page-schema.ts';
import { render } from './render.ts';
import { toneOf } from './tone.ts';

/** The whole report as one page that needs nothing else: to keep, to print, to attach. No script, no address outside the report's own. */
export function renderReportPage(input: ReportInput): string {
  const { review, impact, baseBranch } = input;
  const view = reportView(input);
  const byPath = new Map(review.schemas.map((schema) => [schema.path, schema]));
  const schemas = view.schemas.map((each, at) => {
    const schema = byPath.get(each.path);
    return {
      ...each,
      ...(schema === undefined ? {} : pageSchema(schema, impact.get(schema.path), `schema-${at + 1}`)),
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
