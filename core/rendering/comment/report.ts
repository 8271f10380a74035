import { render } from '../render.ts';
import { sentence } from '../sentence.ts';
import { approvalNeeds } from './approval-line.ts';
import { findingsView } from './findings-view.ts';
import { isPassing, overallHeadline, schemaHeadline, signs } from './headline.ts';
import { impactLine } from './impact-line.ts';
import { type ReportInput, shortLinks } from './input.ts';
import { rehearsalView } from './rehearsal-view.ts';
import { type Extent, everyEvidence, schemaView } from './schema-view.ts';
import { headlineWithSql } from './sql-headline.ts';
import { sqlView } from './sql-view.ts';

const everything: Extent & { schemas: number; problems: number } = {
  schemas: 1000,
  problems: 1000,
  changes: 1000,
  evidence: everyEvidence,
  proposal: true,
  diff: 2_000,
};

/** From everything to the barest: the first that fits is posted. */
const extents: readonly (typeof everything)[] = [
  // More than a few documents that show a break tire the reader; the page and the JSON have them all.
  { ...everything, changes: 100, evidence: 8, diff: 120 },
  { schemas: 200, problems: 100, changes: 100, evidence: 5, proposal: true, diff: 60 },
  { schemas: 100, problems: 50, changes: 50, evidence: 3, proposal: true, diff: 30 },
  { schemas: 50, problems: 20, changes: 20, evidence: 1, proposal: false, diff: 0 },
  { schemas: 20, problems: 10, changes: 5, evidence: 0, proposal: false, diff: 0 },
  { schemas: 5, problems: 5, changes: 3, evidence: 0, proposal: false, diff: 0 },
  { schemas: 0, problems: 0, changes: 0, evidence: 0, proposal: false, diff: 0 },
];

/**
 * The report in GitHub's markdown: the comment on a pull request, and the summary of a job. Cut down until it fits, saying so.
 * @param options.whole begins with all there is, rather than with what a reader takes in
 * @param fits whether a text is short enough, by whatever its reader counts
 */
export function renderReport(input: ReportInput, fits: (markdown: string) => boolean, { whole = false } = {}): string {
  let text = '';
  for (const extent of whole ? [everything, ...extents] : extents) {
    text = render('report', reportView(input, extent));
    if (fits(text)) break;
  }
  return text;
}

/** What the templates of a report are filled with. */
export function reportView(input: ReportInput, extent = everything) {
  const { review, impact, baseBranch, fullReport } = input;
  const links = shortLinks(input.links);
  const [only] = review.schemas;
  // A single schema's own words may be good news; problems keep the check from passing all the same.
  const isSingle = review.schemas.length === 1 && review.problems.length === 0;
  const ofSchema = isSingle && only ? schemaHeadline(only) : undefined;
  const overall = headlineWithSql(ofSchema ?? overallHeadline(review), input);
  const single = overall === undefined ? ofSchema : undefined;
  // What does not pass comes first; within that, the order of the paths.
  const ordered = [...review.schemas].sort((a, b) => rank(a) - rank(b));
  const schemas = ordered.slice(0, extent.schemas).map((schema) => ({
    ...schemaView(schema, impact.get(schema.path), links, extent),
    // Its path may be that of others too: an OpenAPI document has many schemas.
    at: review.schemas.indexOf(schema),
    impact: impactLine(impact.get(schema.path), {
      isRehearsed: input.rehearsals?.get(schema.path)?.status === 'rehearsed',
    }),
    ...(input.suggested?.some(({ kind, path }) => kind === 'version' && path === schema.path) === true
      ? { versionEdit: undefined }
      : {}),
    rehearsal: extent.evidence === 0 ? undefined : rehearsalOf(schema.path, input),
  }));
  const hiddenSchemas = review.schemas.length - schemas.length;
  const { fingerprint } = review;
  const sql = sqlView(input.sql, links, {
    findings: extent.problems,
    rewrites: extent.evidence,
    isHeaded: review.schemas.length > 0 || review.problems.length > 0,
  });
  return {
    single,
    overall,
    isFixed: input.saidNoBefore === true && (single ?? overall)?.sign === signs.good,
    isMany: review.schemas.length > 0 && single === undefined,
    problems: review.problems.slice(0, extent.problems).map(({ place, problem, remedy }) => ({
      place: [place.path, place.line, place.column].filter((part) => part !== undefined).join(':'),
      url: links.line(place.path, place.line ?? 1, 'new'),
      problem: sentence(problem),
      remedy: sentence(remedy),
    })),
    hiddenProblems: Math.max(0, review.problems.length - extent.problems),
    hasProblems: review.problems.length > 0,
    ...findingsView(review, links, extent.problems),
    sql,
    todo: beforeApproval(review),
    approvals: fingerprint === undefined ? undefined : approvalNeeds(input),
    suggested: (input.suggested ?? []).map(({ path, line, url }) => ({ place: `${path}:${line}`, url })),
    schemas,
    hiddenSchemas,
    isCut:
      hiddenSchemas > 0 ||
      (sql?.hidden ?? 0) > 0 ||
      schemas.some(({ hidden }) => hidden > 0) ||
      (extent !== everything && extent !== extents[0]),
    // Two files by their names have no branch.
    base: baseBranch === '' ? review.base : `${baseBranch}@${review.base.slice(0, 7)}`,
    modes: [...new Set(review.schemas.map(({ set }) => set.compatibility))].join(', '),
    fingerprint: fingerprint?.slice(0, 12),
    fullReport,
    configuration: input.configuration,
  };
}

/** What does not pass, what is accepted all the same, what is compatible. */
function rank(schema: ReportInput['review']['schemas'][number]): number {
  if (schema.verdict === 'compatible') return 2;
  return isPassing(schema) ? 1 : 0;
}

/** What has to be done before an approval is worth asking for; in words, as the beginning of a sentence. */
function beforeApproval({ problems, schemas }: ReportInput['review']): string | undefined {
  if (problems.length > 0) return 'mend what is listed above';
  const migrations = schemas.filter((schema) => !isPassing(schema)).map(({ migration }) => migration);
  if (migrations.some(({ status }) => status === 'missing')) return 'add the migration that stored records need';
  const refuted = migrations.some((migration) => migration.status === 'given' && migration.proof.result === 'refuted');
  return refuted ? 'correct the migration' : undefined;
}

/** Why records could not be counted is said already; that they could not be tried for the same reason is not news. */
function rehearsalOf(path: string, { rehearsals, impact }: ReportInput) {
  const [rehearsal, counted] = [rehearsals?.get(path), impact.get(path)];
  const isSaid =
    rehearsal?.status === 'not-rehearsed' && counted?.status === 'unknown' && counted.reason === rehearsal.reason;
  return isSaid ? undefined : rehearsalView(rehearsal);
}
