import type { Json, JsonObject } from '../schema/json.ts';
import type { Operation } from './operation.ts';

/** What a migration file may say of one operation, and how the operation is made from it. */
export interface OperationKind {
  readonly name: string;
  /** JSON Schema of the operation's arguments. */
  readonly arguments: JsonObject;
  /** What is wrong with arguments that are valid under the schema. */
  problem(given: JsonObject): ArgumentProblem | undefined;
  /** Only legal for arguments without problem. */
  create(given: JsonObject): Operation;
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
  problem?(given: Given): ArgumentProblem | undefined;
  create(given: Given): Operation;
}): OperationKind {
  return {
    name: kind.name,
    arguments: kind.arguments,
    problem: (given) => kind.problem?.(given as Given),
    create: (given) => kind.create(given as Given),
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
