import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { closedProducers } from '../../../core/compatibility/closed-producers.ts';
import { compare } from '../../../core/compatibility/compare.ts';
import { decideInclusion } from '../../../core/compatibility/inclusion/decide.ts';
import { answerOf } from '../../../core/compatibility/mode.ts';
import { underOtherProducers } from '../../../core/compatibility/other-producers.ts';
import type { Verdict } from '../../../core/compatibility/verdict.ts';
import { loneBundle } from '../../../core/schema/bundle.ts';
import type { SchemaBundle } from '../../../core/schema/document.ts';
import { parseSchema } from '../../../core/schema/parse.ts';

const folder = join(import.meta.dirname, 'fixtures');
const modes = ['BACKWARD', 'FORWARD', 'FULL'] as const;
const read = (path: string) => loneBundle(parseSchema({ path, text: readFileSync(join(folder, path), 'utf8') }));

/** The plain way: everything decided again. */
function decidedAgain(old: SchemaBundle, next: SchemaBundle, mode: (typeof modes)[number]) {
  const options = { formatAssertion: false };
  const verdictWith = (written: (bundle: SchemaBundle) => SchemaBundle) =>
    answerOf(mode, {
      backward: decideInclusion(written(old), next, options),
      forward: decideInclusion(written(next), old, options),
    });
  const [open, closed] = [verdictWith((bundle) => bundle), verdictWith(closedProducers)];
  return open === 'compatible' || open === closed ? undefined : { producers: 'closed', verdict: closed };
}

describe('the answer under closed producers is the one that deciding everything again gives', () => {
  test.each(readdirSync(folder))('%s', (kind) => {
    const [old, next] = [read(`${kind}/old.json`), read(`${kind}/new.json`)];
    for (const mode of modes) {
      const { otherwise } = compare(old, next, { mode, formatAssertion: false });
      expect(otherwise, mode).toEqual(decidedAgain(old, next, mode));
    }
  });
});

const proved: Verdict = { verdict: 'compatible' };
const broken: Verdict = { verdict: 'breaking', witness: { a: 1 }, violation: { at: '/a', message: 'must be string' } };
const unknown: Verdict = { verdict: 'undecided', reason: 'the search took more steps than allowed', pointer: '' };

function asked(whole: { backward: Verdict; forward: Verdict }, isWritten: boolean, answer: Verdict) {
  const decided: string[] = [];
  const otherwise = underOtherProducers('FULL', 'open', whole, {
    decide: (_, direction) => {
      decided.push(direction);
      return answer;
    },
    isWrittenClosed: () => isWritten,
  });
  return { decided, otherwise };
}

describe('what is decided for closed producers', () => {
  test('nothing, where they write the document that shows the break', () => {
    expect(asked({ backward: broken, forward: unknown }, true, proved)).toEqual({ decided: [], otherwise: undefined });
  });
  test('each direction that is not proved already, where they do not', () => {
    expect(asked({ backward: broken, forward: proved }, false, proved)).toEqual({
      decided: ['backward'],
      otherwise: { producers: 'closed', verdict: 'compatible' },
    });
    expect(asked({ backward: broken, forward: unknown }, false, broken).decided).toEqual(['backward', 'forward']);
  });
  test('what is not known is never taken for compatible', () => {
    expect(asked({ backward: proved, forward: unknown }, true, unknown)).toEqual({
      decided: ['forward'],
      otherwise: undefined,
    });
  });
});
