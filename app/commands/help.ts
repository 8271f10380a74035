import type { Answer } from './answer.ts';

export const help: Answer = {
  done: true,
  words:
    'These are the commands. One counts as the first line of a new comment, and from those who may approve; everybody may ask for `plan`, `conditions` and `help`.',
  details: [
    '`/sluice approve` approves exactly what the check lists; `/sluice approve if 0 records without /policy_number; the claims team agrees` under conditions',
    '`/sluice reject` holds it up until you approve',
    '`/sluice conditions` lists the conditions, `/sluice conditions tick 2` says that the second is met',
    '`/sluice plan` says what the migration does',
    '`/sluice pause`, `resume`, `cancel`, `rollback`, `retry` steer the run; with several, add its id',
  ],
};
