import pc from 'picocolors';
import type { MigrationPlan } from '../../core/migration/plan.ts';
import type { MigrationProof } from '../../core/migration/prove.ts';
import { makeVisible, onOneLine } from '../../core/rendering/visible.ts';
import { unreachable } from '../../core/unreachable.ts';
import type { PlannedFiles } from './plan-files.ts';
import { surveyLines } from './survey-lines.ts';

const noDatabase =
  'How many records there are, how long it takes and what stands in the way: no database was asked (see --table).';

/** For people. Names of members come from schemas, so nothing in them may move the terminal's cursor. */
export function renderPlan(planned: PlannedFiles, colours: boolean): string {
  const { bold, dim } = pc.createColors(colours);
  const { from, to, migration, proof, plan, survey, estimate } = planned;
  const { operations, steps, gaps, losses, risks } = plan;
  const list = (lines: readonly string[]) => lines.map((line) => `  - ${onOneLine(line)}`);
  return [
    bold(`Plan ${onOneLine(from ?? 'of the old version')} → ${onOneLine(to ?? 'of the new version')}`),
    '',
    bold('What happens to each record'),
    ...(operations.length === 0 ? ['  nothing: no operation is needed'] : numbered(operations)),
    '',
    bold('Whether every record becomes valid'),
    ...proofLines(proof).map((line) => `  ${onOneLine(line)}`),
    '',
    ...(risks.length === 0 ? [] : [bold('What to keep in mind'), ...list(risks), '']),
    ...(survey && estimate
      ? [bold(`What ${onOneLine(survey.table)} says`), ...list(surveyLines(survey, estimate)), '']
      : []),
    bold('How it runs, and how each step is undone'),
    ...steps.map(
      ({ state, does, undo }) =>
        `  ${state.padEnd(13)} ${does}\n${dim(`  ${''.padEnd(13)} undo: ${undo ?? 'not any more'}`)}`,
    ),
    '',
    bold('What a roll back after cutover cannot give back of records written since'),
    ...(losses.length === 0 ? ['  nothing: every record comes back as it was'] : list(losses)),
    '',
    bold('Not known'),
    ...list([...gaps, ...(estimate?.unknown ?? [noDatabase])]),
    ...(migration.proposed
      ? ['', bold('Proposed migration file'), '', ...migration.text.trimEnd().split('\n').map(makeVisible)]
      : []),
    '',
  ].join('\n');
}

function numbered(operations: MigrationPlan['operations']): string[] {
  return operations.flatMap(({ summary, requires, loses }, index) => [
    `  ${index + 1}. ${onOneLine(summary)}`,
    ...(requires === undefined ? [] : [`     takes for granted that ${onOneLine(requires)}`]),
    ...(loses === undefined ? [] : [`     forgets ${onOneLine(loses)}`]),
  ]);
}

function proofLines(proof: MigrationProof | undefined): string[] {
  if (proof === undefined) return ['not asked yet: the proposal has values to fill in'];
  switch (proof.result) {
    case 'proved':
      return [
        'proved',
        ...proof.preconditions.map(
          (statement) => `provided that ${statement}; the run checks all records, and stops otherwise`,
        ),
      ];
    case 'refuted':
      return [`no: ${proof.reason}, for the record`, JSON.stringify(proof.record)];
    case 'unproved':
      return [`not proved: ${proof.reason}`];
    default:
      return unreachable(proof);
  }
}
