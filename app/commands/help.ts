import type { Answer } from './answer.ts';

export const help: Answer = {
  done: true,
  words:
    'These are the commands. One counts as the first line of a new comment, and from those who may approve; everybody may ask for `plan`, `conditions`, `schedule` and `help`.',
  details: [
    '`/sluice approve` approves exactly what the check lists; `/sluice approve if 0 records without /policy_number; the claims team agrees` under conditions',
    'The conditions `window nightly` and `rehearsal passes` are looked after by Sluice itself, all others are ticked; `0 records without /policy_number` is also counted before the run writes',
    '`/sluice reject` holds it up until you approve; what follows the word is kept as the reason',
    '`/sluice conditions` lists the conditions, `/sluice conditions tick 2` says that the second is met',
    '`/sluice plan` says what the migration does',
    '`/sluice schedule` says what the run waits for, `/sluice schedule 0 2 * * 1-5 Europe/Berlin for 3h` when it may work; also `now`, `manual`, a moment, or the name of a window of the policy',
    '`/sluice pause`, `resume`, `cancel`, `rollback`, `retry` steer the run; with several, add its id',
    '`/sluice rehearse` does all of the run but the swap; `/sluice reanalyse` counts its records again, `/sluice continue` runs it although there are many more or fewer than when it was approved, and has a run that is held outside its window go on',
  ],
};
