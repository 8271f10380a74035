/** Conditions that came with a command, and which opinion a condition came with. */
export const conditionsOfCommands = `
ALTER TABLE sluice.commands ADD COLUMN conditions text[] NOT NULL DEFAULT '{}';
ALTER TABLE sluice.conditions ADD COLUMN source text NOT NULL DEFAULT '';
`;
