import { setOutput } from '@actions/core';
import { recordsTouched } from '../core/impact/record-count.ts';
import { reportJson } from '../core/rendering/report-json.ts';
import type { Review } from '../core/review/review.ts';
import { failuresOf } from '../core/sql/sql-review.ts';
import type { Checked } from './check.ts';
import type { Inputs } from './inputs.ts';
import { writeReport, writeSarif } from './report-file.ts';

/** What later steps may use: the answers one by one, and the report as files. */
export async function writeOutputs(checked: Checked, { config, sarif }: Inputs): Promise<void> {
  const { review, impact, sql } = checked;
  setOutput('verdict', verdictOf(review));
  setOutput('breaking-count', review.breakingCount);
  setOutput('fingerprint', review.fingerprint ?? '');
  setOutput('sql-failures', sql === undefined ? 0 : failuresOf(sql));
  const counts = [...impact.values()].map(recordsTouched).filter((count) => count !== undefined);
  setOutput('records-touched', counts.length === 0 ? '' : counts.reduce((sum, { count }) => sum + count, 0));
  setOutput(
    'records-exact',
    counts.length > 0 && counts.length === impact.size && counts.every(({ isExact }) => isExact),
  );
  const json = JSON.stringify(reportJson(review, impact, checked), null, 2);
  setOutput('report', await writeReport('json', config, `${json}\n`));
  setOutput('report-page', await writeReport('html', config, checked.page));
  if (sarif !== undefined) setOutput('sarif', await writeSarif(sarif, checked.sarif));
}

/** What could not be read is not known to be compatible, nor that nothing changed. */
function verdictOf({ verdict, problems }: Review): Review['verdict'] {
  return problems.length > 0 && verdict !== 'breaking' ? 'undecided' : verdict;
}
