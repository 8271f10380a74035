import type { Json, JsonObject } from '../schema/json.ts';
import type { Operation } from './operation.ts';

/** What a migration file may say of one operation, and how the operation is made from it. */
export interface OperationKind {
  readonly name: string;
  /** JSON Schema of the operation's arguments. */
  readonly arguments: JsonObject;
  /** What is wrong with arguments that are valid under the schema. */
  problem(given: JsonObject): ArgumentProblem | undefined;
  /** The argument that lists operations of its own, where there is one. */
  readonly operationsIn?: string;
  /** The argument that is an SQL expression over the record, where there is one: checked before anything is made of it. */
  readonly expressionIn?: string;
  /** Only legal for arguments without problem. `operations`: those of `operationsIn`, made. */
  create(given: JsonObject, operations: readonly Operation[]): Operation;
}

export interface ArgumentProblem {
  /** Pointer into the arguments. */
  readonly at: string;
  readonly problem: string;
  readonly remedy: string;
}

/** `Given` is the type that `arguments` describes; nothing else may be passed on. */
export function defineKind<Given>(kind: {
  readonly name: string;
  readonly arguments: JsonObject;
  readonly operationsIn?: string;
  readonly expressionIn?: string;
  problem?(given: Given): ArgumentProblem | undefined;
  create(given: Given, operations: readonly Operation[]): Operation;
}): OperationKind {
  return {
    name: kind.name,
    arguments: kind.arguments,
    problem: (given) => kind.problem?.(given as Given),
    create: (given, operations) => kind.create(given as Given, operations),
    ...(kind.operationsIn === undefined ? {} : { operationsIn: kind.operationsIn }),
    ...(kind.expressionIn === undefined ? {} : { expressionIn: kind.expressionIn }),
  };
}

/** JSON Pointer to an object member: at least one segment. */
export const addressSchema: Json = {
  type: 'string',
  pattern: '^(/([^~/]|~[01])*)+$',
  remedy: 'Write it as a JSON pointer to a member, like /claim_amount or /address/city',
};
/** Name of an object member. */
export const nameSchema: Json = { type: 'string' };
