import { actionRule } from '../rule.ts';

export const transactionNesting = actionRule({
  id: 'transaction-nesting',
  severity: 'error',
  summary: 'BEGIN inside a transaction, or COMMIT without one, does not do what it says.',
  kinds: ['transaction'],
  *check({ verb }, known, { statement }) {
    if (verb === 'begin' && (known.opener === 'file' || known.opener === 'host')) {
      yield {
        message:
          known.opener === 'host'
            ? 'The tool that runs this file has begun a transaction already: this BEGIN does nothing but warn, and the COMMIT after it ends the transaction of the tool.'
            : 'A transaction is open already: this BEGIN does nothing but warn.',
        rewrite:
          known.opener === 'host'
            ? '-- Leave BEGIN and COMMIT out, or begin the file with:\n-- sluice:no-transaction'
            : '-- COMMIT the first transaction before, or leave this BEGIN out.',
      };
    }
    if ((verb === 'commit' || verb === 'rollback') && statement.block === undefined && known.opener !== 'file') {
      const word = verb.toUpperCase();
      yield {
        message:
          known.opener === 'host'
            ? `This ${word} ends the transaction of the tool that runs the file: what follows is no longer undone when it fails.`
            : `There is no transaction to ${word}.`,
        rewrite:
          known.opener === 'host'
            ? `-- Leave ${word} out, or begin the file with:\n-- sluice:no-transaction`
            : `-- Leave ${word} out, or write the BEGIN that belongs to it.`,
      };
    }
  },
});
