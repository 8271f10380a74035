import { randomUUID } from 'node:crypto';
import { info, setFailed, setSecret } from '@actions/core';
import { InputError } from '../core/input-error.ts';
import { reviewAnnotations } from '../core/rendering/annotations.ts';
import { rehearsalAnnotations, renderRehearsals } from '../core/rendering/comment/rehearsal-annotations.ts';
import { sqlAnnotations } from '../core/rendering/comment/sql-annotations.ts';
import { renderSqlForTerminal } from '../core/rendering/comment/sql-for-terminal.ts';
import { renderForTerminal } from '../core/rendering/terminal.ts';
import { requestStatus } from '../github/request-status.ts';
import { annotate, titled } from './annotate.ts';
import { check } from './check.ts';
import { readEvent } from './event.ts';
import { failureOf } from './failure.ts';
import { readInputs } from './inputs.ts';
import { writeOutputs } from './outputs.ts';
import { writeSummary } from './publish.ts';

async function main(): Promise<void> {
  const inputs = readInputs();
  if (inputs.databaseUrl !== undefined) setSecret(inputs.databaseUrl);
  const event = readEvent(inputs.base);
  if (!event) {
    info(
      'This workflow runs neither for a pull request, nor for a merge queue, nor for a push to a branch that was there, nor by hand: there is nothing to compare.',
    );
    return;
  }
  const checked = await check(inputs, event);
  const { review, impact, rehearsals, sql } = checked;
  printVerbatim(
    renderForTerminal(review, impact) +
      renderRehearsals(review, rehearsals) +
      (sql === undefined ? '' : `\n${renderSqlForTerminal(sql)}`),
  );
  const annotations = [
    ...reviewAnnotations(review),
    ...rehearsalAnnotations(review, rehearsals),
    ...(sql === undefined ? [] : sqlAnnotations(sql)),
  ];
  if (annotate(annotations.map((each) => titled(each, inputs.config))) > 0) {
    info('Not all findings fit as annotations; the report has them all.');
  }
  await writeSummary(checked.summary);
  await writeOutputs(checked, inputs);
  if (checked.comment.posted === 'not-allowed') {
    info('The token may not write comments (a fork or Dependabot): the report is in the summary and the annotations.');
  }
  const failure = failureOf(checked);
  if (failure !== undefined) setFailed(failure);
}

/** Prints text that strangers had a hand in: a line of theirs must not be taken for a command to the workflow. */
function printVerbatim(text: string): void {
  const token = randomUUID();
  process.stdout.write(`::stop-commands::${token}\n${text}::${token}::\n`);
}

/** What went wrong, for people; the stack of a bug goes to the debug log only. */
function explain(error: unknown): string {
  if (error instanceof InputError) return error.message;
  const status = requestStatus(error);
  if (status === 401) return 'GitHub refuses the token. Write `token: ${{ secrets.GITHUB_TOKEN }}`.';
  if (status === 403 || status === 404) {
    return 'The token may not read this repository or pull request. Give the job `contents: read` and `pull-requests: write`.';
  }
  if (status !== undefined) return `GitHub answers with status ${status}. Run the job again later.`;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

main().catch((error: unknown) => {
  setFailed(explain(error));
});
