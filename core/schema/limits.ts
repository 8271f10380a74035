import { InputError, type Place } from '../input-error.ts';

/** How much of a stranger's file is read. Real schemas stay far below: the largest of SchemaStore has 3 MB and is 40 deep. */
export interface Limits {
  /** Characters of text. */
  readonly characters: number;
  /** Objects and arrays inside each other. ajv compiles recursively, so this also protects the stack. */
  readonly depth: number;
  /** Values of any type. */
  readonly nodes: number;
  /** Aliases of a YAML file, resolved. */
  readonly aliases: number;
  /** Files that the references of one schema may reach. */
  readonly files: number;
}

export const defaultLimits: Limits = {
  characters: 10_000_000,
  depth: 400,
  nodes: 200_000,
  aliases: 100,
  files: 200,
};

/** Input that may be right but is more than Sluice reads. Callers that answer with verdicts call it undecided. */
export class LimitExceeded extends InputError {
  constructor(problem: string, place: Place) {
    super(problem, { remedy: 'Split the schema into several files, or make it smaller', place });
  }
}
