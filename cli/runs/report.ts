import { stateTable } from '../../core/migration/states.ts';
import type { Run } from '../../registry/runs/run.ts';
import { csvLine } from '../../runner/csv.ts';

export const reportFormats = ['json', 'csv', 'html'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** All that is known of a run, for keeping: no values of records, no addresses. */
export function renderReport(run: Run, format: ReportFormat): string {
  const facts = factsOf(run);
  switch (format) {
    case 'json':
      return `${JSON.stringify({ ...facts, progress: run.progress, error: run.error, outcome: run.outcome }, null, 2)}\n`;
    case 'csv':
      return [csvLine(Object.keys(flat(run))), csvLine(Object.values(flat(run)))].join('');
    case 'html':
      return html(run);
    default:
      return format satisfies never;
  }
}

function factsOf(run: Run) {
  const { started, finished } = run;
  return {
    run: run.id,
    state: run.state,
    meaning: stateTable[run.state].meaning,
    schema: run.schema,
    from: run.fromVersion ?? null,
    to: run.toVersion ?? null,
    repository: run.repository,
    pullRequest: run.pullRequest,
    commit: run.mergeCommit,
    migration: run.migrationPath,
    database: run.target.database,
    table: run.target.table,
    created: run.created.toISOString(),
    started: started?.toISOString() ?? null,
    finished: finished?.toISOString() ?? null,
    seconds: started && finished ? Math.round((finished.getTime() - started.getTime()) / 1000) : null,
  };
}

function flat(run: Run): Record<string, string | null> {
  const { progress, error, outcome } = run;
  const all = {
    ...factsOf(run),
    records: progress?.records ?? null,
    captured: progress?.captured ?? null,
    setAside: progress?.setAside ?? null,
    batches: progress?.batches ?? null,
    rehearsed: outcome?.rehearsed ?? false,
    backup: outcome?.backup?.location ?? null,
    error: error?.message ?? null,
    likelyCause: outcome?.incident?.likelyCause ?? null,
  };
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, value === null ? null : String(value)]));
}

function html(run: Run): string {
  const { incident } = run.outcome ?? {};
  const rows = Object.entries(flat(run))
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `<tr><th scope="row">${escape(name)}</th><td>${escape(value ?? '')}</td></tr>`);
  const steps = incident?.nextSteps.map((step) => `<li>${escape(step)}</li>`) ?? [];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Run ${escape(run.id)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}th{text-align:left;padding-right:2rem;vertical-align:top;font-weight:600}td{overflow-wrap:anywhere}</style></head>
<body><main><h1>${escape(run.schema)} ${escape(run.fromVersion ?? '')} → ${escape(run.toVersion ?? '')}: ${escape(run.state)}</h1>
<table>${rows.join('\n')}</table>
${steps.length === 0 ? '' : `<h2>Next steps</h2><ol>${steps.join('\n')}</ol>`}
</main></body></html>
`;
}

function escape(text: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replaceAll(/[&<>"']/g, (character) => names[character] ?? character);
}
