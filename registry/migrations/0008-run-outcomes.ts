/** Whether a run only rehearses (null: as its migration file says), and what came of it besides its state. */
export const runOutcomes = `
ALTER TABLE sluice.runs ADD COLUMN dry_run boolean;
ALTER TABLE sluice.runs ADD COLUMN outcome jsonb;
`;
