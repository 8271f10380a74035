import { canonicalJson } from '../../schema/canonical.ts';
import type { Json, JsonObject } from '../../schema/json.ts';
import type { Pointer } from '../../schema/pointer.ts';
import type { Atom, Formula } from './atom.ts';
import type { Meter } from './budget.ts';
import { testFormat } from './formats.ts';
import type { Formulas } from './formulas.ts';
import { typeOf } from './json-type.ts';
import { isMultiple } from './multiple.ts';
import type { Node } from './node.ts';
import type { Patterns } from './patterns.ts';
import { compare, rationalOf } from './rational.ts';

/** Whether a value is what a node or formula asks for; undefined when that is not known. */
export class Evaluator {
  private readonly formulas: Formulas;
  private readonly patterns: Patterns;
  private readonly meter: Meter;
  /** Why the last unknown answer was unknown. */
  doubt: { readonly reason: string; readonly pointer: Pointer } = { reason: 'a value cannot be checked', pointer: '' };

  constructor(formulas: Formulas, patterns: Patterns, meter: Meter) {
    this.formulas = formulas;
    this.patterns = patterns;
    this.meter = meter;
  }

  node(node: Node, value: Json): boolean | undefined {
    return this.formula(this.formulas.slot(node, typeOf(value)), value);
  }

  formula(formula: Formula, value: Json): boolean | undefined {
    switch (formula.kind) {
      case 'true':
        return true;
      case 'false':
        return false;
      case 'leaf':
        this.meter.spend();
        return this.atom(formula.leaf, value);
      case 'not':
        return negate(this.formula(formula.of, value));
      case 'and':
        return every(formula.of, (part) => this.formula(part, value));
      case 'or':
        return negate(every(formula.of, (part) => negate(this.formula(part, value))));
      case 'one': {
        const results = formula.of.map((part) => this.formula(part, value));
        const certain = results.filter((result) => result === true).length;
        if (certain > 1) return false;
        return results.includes(undefined) ? undefined : certain === 1;
      }
    }
  }

  private atom(atom: Atom, value: Json): boolean | undefined {
    switch (atom.is) {
      case 'member':
        return atom.values.has(canonicalJson(value));
      case 'above': {
        const order = compare(rationalOf(value as number), atom.value);
        return order > 0 || (order === 0 && atom.inclusive);
      }
      case 'multiple':
        return this.known(
          isMultiple(value as number, atom.of),
          'validators compute multipleOf in floating point, which is not exact here',
        );
      case 'long':
        return sizeOf(value) >= atom.min;
      case 'match':
        return this.known(this.patterns.test(atom.source, value as string), `pattern ${atom.source} is not understood`);
      case 'format':
        return this.known(
          testFormat(atom.name, value as string, this.patterns),
          `format ${atom.name} is asserted, and not all is known of it`,
        );
      case 'items': {
        const { from, to, node } = atom;
        return every((value as Json[]).slice(from, to), (item) => this.node(node, item));
      }
      case 'count': {
        const results = (value as Json[]).map((item) => this.node(atom.node, item));
        const certain = results.filter((result) => result === true).length;
        const possible = results.filter((result) => result !== false).length;
        return certain >= atom.min ? true : possible < atom.min ? false : undefined;
      }
      case 'unique':
        return new Set((value as Json[]).map(canonicalJson)).size === (value as Json[]).length;
      case 'properties':
        return this.properties(atom, value as JsonObject);
      case 'opaque':
        return this.known(typeof value === 'string' ? atom.test?.(value) : undefined, atom.reason, atom.pointer);
    }
  }

  private known(result: boolean | undefined, reason: string, pointer: Pointer = ''): boolean | undefined {
    if (result === undefined) this.doubt = { reason, pointer };
    return result;
  }

  private properties(
    { names, name, node }: Extract<Atom, { is: 'properties' }>,
    value: JsonObject,
  ): boolean | undefined {
    if (name !== undefined) return Object.hasOwn(value, name) ? this.node(node, value[name] ?? null) : true;
    return every(Object.entries(value), ([key, member]) => {
      const applies = this.formula(names, key);
      if (applies === false) return true;
      const holds = this.node(node, member);
      return holds === true ? true : applies === true ? holds : undefined;
    });
  }
}

function negate(result: boolean | undefined): boolean | undefined {
  return result === undefined ? undefined : !result;
}

function every<T>(list: readonly T[], test: (item: T) => boolean | undefined): boolean | undefined {
  let known: boolean | undefined = true;
  for (const item of list) {
    const result = test(item);
    if (result === false) return false;
    known &&= result;
  }
  return known;
}

function sizeOf(value: Json): number {
  if (typeof value === 'string') return codePoints(value);
  return Array.isArray(value) ? value.length : Object.keys(value as JsonObject).length;
}

function codePoints(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += (text.codePointAt(at) ?? 0) > 0xff_ff ? 2 : 1) count += 1;
  return count;
}
