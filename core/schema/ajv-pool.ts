import type { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { makeAjv } from './ajv-instance.ts';
import { assertContent } from './content-keywords.ts';
import type { Dialect } from './dialect.ts';
import { patternForAjv } from './pattern-for-ajv.ts';
import { unresolved } from './prepare-for-ajv.ts';
import type { ValidatorOptions } from './validator.ts';
import { ValidatorUnavailable } from './validator-unavailable.ts';

/** ajv keeps a little of all it ever compiled; a new one after so many schemas keeps memory flat over any number of pairs. */
const schemasPerAjv = 200;

interface Pooled {
  readonly ajv: Ajv;
  /** Addresses that belong to the instance: its metaschemas. */
  readonly own: ReadonlySet<string>;
  used: number;
}

const pool = new Map<string, Pooled>();

/** An ajv that knows nothing of other schemas. Give it back when compiled: the validators it made stay valid. */
export function borrowAjv(dialect: Dialect, options: ValidatorOptions): { ajv: Ajv; giveBack: () => void } {
  const { formatAssertion, contentAssertion = false, allErrors = false } = options;
  const key = `${dialect} ${formatAssertion} ${contentAssertion} ${allErrors}`;
  const pooled = pool.get(key) ?? make(dialect, { formatAssertion, contentAssertion, allErrors });
  pool.set(key, pooled);
  pooled.used += 1;
  return {
    ajv: pooled.ajv,
    giveBack: () => {
      if (pooled.used >= schemasPerAjv) pool.delete(key);
      else forget(pooled);
    },
  };
}

/** Nested `$id`s stay in `refs` after a compilation and would answer for the same names in the next schema. */
function forget({ ajv, own }: Pooled): void {
  for (const address of Object.keys(ajv.schemas)) if (!own.has(address)) ajv.removeSchema(address);
  for (const address of Object.keys(ajv.refs)) if (!own.has(address)) delete ajv.refs[address];
}

function make(dialect: Dialect, { formatAssertion, contentAssertion, allErrors }: Required<ValidatorOptions>): Pooled {
  const regExp = Object.assign((source: string) => patternForAjv(source), { code: 'patternForAjv' });
  const ajv = makeAjv(dialect, {
    allErrors,
    strict: false,
    logger: false,
    validateSchema: false,
    ownProperties: true,
    // Without the loop ajv passes over a required property whose name is empty.
    loopRequired: 1,
    validateFormats: formatAssertion,
    // Most validators judge a handful of documents: compiling fast matters more than running fast.
    code: { regExp, optimize: false },
    inlineRefs: false,
  });
  ajv.addKeyword({ keyword: unresolved, validate: giveUp, errors: false });
  if (formatAssertion) addFormats.default(ajv);
  if (contentAssertion) assertContent(ajv, dialect);
  return { ajv, own: new Set([...Object.keys(ajv.schemas), ...Object.keys(ajv.refs)]), used: 0 };
}

function giveUp(reference: unknown): never {
  throw new ValidatorUnavailable(`$ref ${JSON.stringify(reference)} leads out of the repository`);
}
