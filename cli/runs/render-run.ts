import { stateTable } from '../../core/migration/states.ts';
import type { Incident, Run } from '../../registry/runs/run.ts';

/** One line of a list. */
export function renderRunLine(run: Run): string {
  const { id, state, schema, fromVersion = '?', toVersion = '?', progress } = run;
  const share = progress && progress.total > 0 ? `${Math.floor((100 * progress.records) / progress.total)} %` : '';
  return [id, state.padEnd(15), `${schema} ${fromVersion} → ${toVersion}`, run.repository, share].join('  ').trimEnd();
}

/** All that is known of a run, line by line. */
export function renderRun(run: Run): string {
  const { progress, error } = run;
  const lines = [
    `run        ${run.id}`,
    `state      ${run.state}: ${stateTable[run.state].meaning}`,
    `schema     ${run.schema} ${run.fromVersion ?? '?'} → ${run.toVersion ?? '?'}`,
    `table      ${run.target.table} in the database ${run.target.database}`,
    `origin     ${run.repository}, pull request ${run.pullRequest}, commit ${run.mergeCommit}`,
    ...(run.step === undefined
      ? []
      : [`step       ${progress ? `${progress.step} of ${progress.steps}, ` : ''}${run.step}`]),
    ...(progress === undefined
      ? []
      : [
          `records    ${progress.records} of ${progress.total}, ${progress.recordsPerSecond} per second, ${progress.batches} batches`,
          `captured   ${progress.captured}`,
        ]),
    ...(progress?.setAside ? [`set aside  ${progress.setAside} that are not valid`] : []),
    ...(progress?.hold === undefined ? [] : [`held       ${progress.hold}`]),
    ...(error === undefined ? [] : [`error      ${error.message}`, `           ${error.remedy ?? ''}`]),
    ...(run.outcome?.backup
      ? [
          `backup     ${run.outcome.backup.location}, ${run.outcome.backup.records} records, SHA-256 ${run.outcome.backup.checksum}`,
        ]
      : []),
    ...(run.outcome?.incident ? incidentLines(run.outcome.incident) : []),
    ...(run.outcome?.rehearsed
      ? [`rehearsed  everything but the swap went well; \`sluice retry ${run.id}\` orders the run itself`]
      : []),
    ...(run.state === 'reversing' ? [`way back   sluice rollback ${run.id}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function incidentLines({ likelyCause, nextSteps }: Incident): string[] {
  return [
    `cause      ${likelyCause}`,
    ...nextSteps.map((step, index) => `${index === 0 ? 'next' : '    '}       ${step}`),
  ];
}
