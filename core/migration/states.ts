/** Where a run is. Speak of states by these names; their order in this list means nothing. */
export const runStates = [
  'planned',
  'prechecking',
  'shadowing',
  'capturing',
  'backfilling',
  'verifying',
  'cutting-over',
  'reversing',
  'completing',
  'completed',
  'rolling-back',
  'rolled-back',
  'cancelling',
  'cancelled',
  'failing',
  'failed',
  'paused',
  'needs-attention',
] as const;
export type RunState = (typeof runStates)[number];

interface StateRow {
  /** What is going on while a run is in this state, for people. */
  readonly meaning: string;
  /** Where a run may go from here, and what makes it go. Staying is no move: a crashed step is done again in its state. */
  readonly next: { readonly [S in RunState]?: string };
}

/**
 * Every move a run can make, in one place. Until the swap of `cutting-over` commits, the application uses the untouched
 * old table, so everything before it can be undone by dropping what Sluice made; after it, undoing is a swap back.
 */
export const stateTable: { readonly [S in RunState]: StateRow } = {
  planned: {
    meaning: 'waits for a runner, its window or its turn',
    next: {
      prechecking: 'a runner has taken the run',
      cancelled: 'called off before anything was made, so there is nothing to clean up',
      failed: 'what was approved is not what would run',
    },
  },
  prechecking: {
    meaning: 'looks at the database without changing it: rights, disk, table, key, dependants, records',
    next: {
      shadowing: 'all checks passed',
      completed: 'the table is empty: there are no records to move, the version is published at once',
      failed: 'a check did not pass; nothing was made, so there is nothing to clean up',
      cancelled: 'called off before anything was made, so there is nothing to clean up',
    },
  },
  shadowing: {
    meaning: 'makes the shadow table beside the old one',
    next: {
      capturing: 'the shadow table stands',
      failing: 'the shadow table could not be made',
      cancelling: 'called off by a person',
    },
  },
  capturing: {
    meaning: 'starts to note the keys of every row the application writes',
    next: {
      backfilling: 'no write can be missed from here on',
      failing: 'the trigger could not be made',
      cancelling: 'called off by a person',
    },
  },
  backfilling: {
    meaning: 'copies and transforms records in batches, and those the application writes meanwhile',
    next: {
      verifying: 'the copy has reached the last key',
      paused: 'held by a person, between two batches',
      failing: 'a record cannot be converted, is not valid under the new version, or the database refused',
      cancelling: 'called off by a person',
    },
  },
  verifying: {
    meaning: 'compares all records with what the transform makes of them',
    next: {
      'cutting-over': 'every record is as it should be',
      paused: 'held by a person',
      failing: 'a record differs or is not valid under the new version',
      cancelling: 'called off by a person',
    },
  },
  'cutting-over': {
    meaning: 'tries to swap the tables under a short lock, again and again with growing pauses',
    next: {
      reversing: 'the swap committed: the application uses the new table',
      paused: 'held by a person, between two attempts',
      failing: 'the lock was never granted in time, or the swap was refused; the old table is still in use',
      cancelling: 'called off by a person, between two attempts',
      'needs-attention':
        'the connection was lost at COMMIT and the state row cannot be read: whether it happened is not known',
    },
  },
  reversing: {
    meaning: 'the new table is in use; the old one is kept and every write noted, so that rolling back loses none',
    next: {
      completing: 'the retention time is over, or a person needs no way back',
      'rolling-back': 'asked for by a person or by the health monitor',
      'needs-attention': 'writes can no longer be noted for a way back; the application is not affected',
    },
  },
  completing: {
    meaning: 'drops the old table and what is left of the capture; from here on there is no way back',
    next: {
      completed: 'the old table is gone',
      'needs-attention': 'the old table could not be dropped; the application is not affected',
    },
  },
  completed: { meaning: 'the records are those of the new version', next: {} },
  'rolling-back': {
    meaning: 'puts the old table back in use, with everything written since the cutover',
    next: {
      'rolled-back': 'the old table is in use again and the new one is gone',
      reversing: 'the lock was never granted in time: the new table stays in use, rolling back can be asked for again',
      'needs-attention': 'a record written since cannot be taken back, or whether the swap happened is not known',
    },
  },
  'rolled-back': { meaning: 'the old table is in use, as if the run had never been', next: {} },
  cancelling: {
    meaning: 'drops the shadow table and the capture; the old table was never touched',
    next: {
      cancelled: 'the catalog is as before the run',
      'needs-attention': 'something Sluice made could not be dropped; the application is not affected',
    },
  },
  cancelled: { meaning: 'called off; the old table was never touched', next: {} },
  failing: {
    meaning: 'drops the shadow table and the capture after a failure; the old table was never touched',
    next: {
      failed: 'the catalog is as before the run',
      'needs-attention': 'something Sluice made could not be dropped; the application is not affected',
    },
  },
  failed: { meaning: 'stopped by a failure; the old table was never touched', next: {} },
  paused: {
    meaning: 'held by a person; writes of the application are still noted, so nothing is missed',
    next: {
      backfilling:
        'resumed: the copy goes on from its checkpoint, and is over at once if it was over; what was verified is verified again',
      cancelling: 'called off by a person',
    },
  },
  'needs-attention': {
    meaning: 'cannot go on by itself: a person has to look before anything is tried again',
    next: {
      reversing: 'the state row says that the new table is in use',
      completing: 'to be tried again',
      'rolling-back': 'to be tried again',
      cancelling: 'to be tried again',
      failing: 'to be tried again, or the swap did not happen and is given up',
    },
  },
};

/** Whether a run may go from one state to the other in one step. */
export function canMove(from: RunState, to: RunState): boolean {
  return Object.hasOwn(stateTable[from].next, to);
}

/** The states that can follow; empty for a state that is the end. */
export function nextStates(from: RunState): RunState[] {
  return runStates.filter((to) => canMove(from, to));
}

/** Whether a run in this state is over: nothing of it is left to do. */
export function isFinal(state: RunState): boolean {
  return nextStates(state).length === 0;
}

/** Whether text from a database or a request is the name of a state. */
export function isRunState(text: string): text is RunState {
  return (runStates as readonly string[]).includes(text);
}
