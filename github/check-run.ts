import { shorten } from '../core/rendering/markdown.ts';
import type { Octokit, Repository } from './octokit.ts';

/** GitHub's limit on a check run's summary and on its text, in characters. */
export const checkTextLimit = 65_535;

/** More is cut off on the page anyway. */
const titleLimit = 200;

/** GitHub's limit on annotations per request; further requests add to them. */
const annotationsPerRequest = 50;

export interface CheckRun {
  readonly name: string;
  /** Commit it belongs to. */
  readonly commit: string;
  readonly state: 'in_progress' | 'success' | 'neutral' | 'failure' | 'cancelled' | 'action_required';
  /** One line. */
  readonly title: string;
  /** Markdown. */
  readonly summary: string;
  /** Markdown, below the summary. */
  readonly text?: string;
  readonly annotations?: readonly Annotation[];
  readonly actions?: readonly CheckAction[];
  /** Our own id, handed back with the buttons' webhooks. */
  readonly externalId?: string;
}

export interface Annotation {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly level: 'notice' | 'warning' | 'failure';
  readonly title: string;
  readonly message: string;
}

/** A button. GitHub shows three, with labels of 20, descriptions of 40 and identifiers of 20 characters. */
export interface CheckAction {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}

/**
 * Writes a check run: changes the App's own run of that name at that commit, or creates it. Annotations go out in lots of 50 and only on
 * creation, since GitHub adds them to those of before. Runs of other Apps with the same name are not ours to touch.
 * @param appId the App whose token this is
 * @param known id of the run when the caller has it, which saves a request
 */
export async function publishCheckRun(
  octokit: Octokit,
  repository: Repository,
  appId: number,
  run: CheckRun,
  known?: number,
): Promise<number> {
  return (await publishDatedCheckRun(octokit, repository, appId, run, known)).id;
}

/** As `publishCheckRun`; also says since when at the latest it is to be seen: whole seconds of GitHub's own clock, rounded up. */
export async function publishDatedCheckRun(
  octokit: Octokit,
  repository: Repository,
  appId: number,
  run: CheckRun,
  known?: number,
): Promise<{ readonly id: number; readonly since: Date }> {
  const id = known ?? (await findCheckRun(octokit, repository, appId, run));
  const [first = [], ...more] = lots(run.annotations ?? []);
  const output = {
    title: shorten(run.title, titleLimit),
    summary: fit(run.summary),
    ...(run.text === undefined ? {} : { text: fit(run.text) }),
  };
  const content = { ...repository, ...stateOf(run), output, ...optional(run) };
  if (id !== undefined) {
    const { headers } = await octokit.rest.checks.update({ ...content, check_run_id: id });
    return { id, since: after(headers.date) };
  }
  const created = await octokit.rest.checks.create({
    ...content,
    name: run.name,
    head_sha: run.commit,
    output: { ...output, annotations: first },
  });
  for (const annotations of more) {
    await octokit.rest.checks.update({
      ...repository,
      check_run_id: created.data.id,
      output: { ...output, annotations },
    });
  }
  return { id: created.data.id, since: after(created.headers.date) };
}

/** GitHub dates its answers to the second. Without a date nobody can tell: then it is ours, and a while later. */
function after(date: string | undefined): Date {
  const answered = Date.parse(date ?? '');
  return new Date(Number.isNaN(answered) ? Date.now() + 60_000 : answered + 1000);
}

async function findCheckRun(
  octokit: Octokit,
  repository: Repository,
  appId: number,
  run: CheckRun,
): Promise<number | undefined> {
  const request = { ...repository, ref: run.commit, check_name: run.name, app_id: appId, per_page: 100 };
  const { data } = await octokit.rest.checks.listForRef(request);
  return data.check_runs.find((one) => one.app?.id === appId && one.name === run.name)?.id;
}

function stateOf(run: CheckRun): object {
  // GitHub keeps the conclusion of a finished run unless the status says that it goes on.
  if (run.state === 'in_progress') return { status: 'in_progress' };
  return { status: 'completed', conclusion: run.state };
}

function optional(run: CheckRun): object {
  return {
    ...(run.externalId === undefined ? {} : { external_id: run.externalId }),
    ...(run.actions === undefined ? {} : { actions: run.actions.map((action) => ({ ...action })) }),
  };
}

interface SentAnnotation {
  path: string;
  start_line: number;
  end_line: number;
  annotation_level: Annotation['level'];
  title: string;
  message: string;
}

function lots(annotations: readonly Annotation[]): SentAnnotation[][] {
  const sent = annotations.map(({ path, line, level, title, message }) => ({
    path,
    start_line: line,
    end_line: line,
    annotation_level: level,
    title,
    message,
  }));
  return Array.from({ length: Math.ceil(sent.length / annotationsPerRequest) }, (_, lot) =>
    sent.slice(lot * annotationsPerRequest, (lot + 1) * annotationsPerRequest),
  );
}

/** Cuts at a line, and says so: a cut in mid-word could end inside a tag. */
function fit(markdown: string): string {
  if (markdown.length <= checkTextLimit) return markdown;
  const notice = '\n\n… cut here: GitHub shows 65,535 characters.';
  const kept = markdown.slice(0, checkTextLimit - notice.length);
  return kept.slice(0, Math.max(0, kept.lastIndexOf('\n'))) + notice;
}
