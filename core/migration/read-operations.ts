import { isObject, type Json, type JsonObject, own } from '../schema/json.ts';
import { appendPointer, type Pointer } from '../schema/pointer.ts';
import { checkExpression } from '../sql/expression/check-expression.ts';
import type { Parser } from '../sql/parse/parser.ts';
import type { Operation } from './operation.ts';
import { operationKinds } from './operations/index.ts';
import { type Fault, schemaFaults } from './schema-faults.ts';
import { Unread } from './unread.ts';

/**
 * A list of operations as it is written, and all that is wrong with it. `base`: where in the file the list stands.
 * `parser`: for SQL expressions; without one, none is believed.
 */
export function readOperations(
  list: Json,
  base: Pointer,
  parser?: Parser,
): { operations: Operation[]; faults: Fault[] } {
  const operations: Operation[] = [];
  const faults: Fault[] = [];
  for (const [index, entry] of (Array.isArray(list) ? (list as readonly Json[]) : []).entries()) {
    // What is no object with one member, the schema of the list has named already.
    const [written] = isObject(entry) ? Object.entries(entry) : [];
    if (written === undefined) continue;
    const read = readOperation(written, appendPointer(base, index, written[0]), parser);
    faults.push(...read.faults);
    if (read.operation) operations.push(read.operation);
  }
  return { operations, faults };
}

function readOperation(
  [name, given]: [string, Json],
  at: Pointer,
  parser: Parser | undefined,
): { operation?: Operation; faults: Fault[] } {
  const kind = operationKinds.find((candidate) => candidate.name === name);
  if (kind === undefined) {
    const known = operationKinds.map((candidate) => candidate.name).join(', ');
    return { faults: [{ at, problem: `There is no operation \`${name}\``, remedy: `The operations are: ${known}` }] };
  }
  const faults = schemaFaults(kind.arguments, given, at);
  const list = kind.operationsIn === undefined || !isObject(given) ? [] : (own(given, kind.operationsIn) ?? []);
  const inner = readOperations(list, appendPointer(at, kind.operationsIn ?? ''), parser);
  faults.push(...inner.faults);
  if (faults.length > 0) return { faults };
  const args = given as JsonObject;
  const problem = kind.problem(args);
  if (problem) return { faults: [{ ...problem, at: at + problem.at }] };
  const expression = kind.expressionIn === undefined ? undefined : own(args, kind.expressionIn);
  if (typeof expression === 'string') {
    if (parser === undefined) throw new Unread('parser');
    const fault = checkExpression(expression, parser);
    if (fault) return { faults: [{ ...fault, at: `${at}/${kind.expressionIn}` }] };
  }
  return { operation: kind.create(args, inner.operations), faults };
}
