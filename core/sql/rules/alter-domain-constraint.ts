import { keyOf, quote, quoteName } from '../action/name.ts';
import { actionRule } from '../rule.ts';

export const alterDomainConstraint = actionRule({
  id: 'alter-domain-constraint',
  severity: 'error',
  summary: 'A new constraint of a domain reads every table that uses the domain.',
  kinds: ['alter-domain'],
  *check({ domain, change, notValid, name }, known, { text }) {
    if (notValid || known.created.has(`domain ${keyOf(domain)}`)) return;
    if (change !== 'add-constraint' && change !== 'set-not-null') return;
    const on = quoteName(domain);
    yield {
      message: `Every table with a column of the domain \`${on}\` is read.`,
      lock: 'SHARE',
      during: 'in all of these tables while they are read',
      rewrite:
        change === 'add-constraint' && name !== undefined
          ? `${text} NOT VALID;
-- In a later transaction:
ALTER DOMAIN ${on} VALIDATE CONSTRAINT ${quote(name)};`
          : `-- As a named CHECK, which can be validated later:
ALTER DOMAIN ${on} ADD CONSTRAINT ${quote(`${domain.name}_not_null`)} CHECK (VALUE IS NOT NULL) NOT VALID;
-- In a later transaction:
ALTER DOMAIN ${on} VALIDATE CONSTRAINT ${quote(`${domain.name}_not_null`)};`,
    };
  },
});
