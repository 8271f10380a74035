/** Where in a file a problem is; line and column count from 1. */
export interface Place {
  readonly path: string;
  readonly line?: number;
  readonly column?: number;
}

/**
 * What a person gave us is wrong: one problem, its place, and one thing to do about it.
 * Anything else that is thrown is a bug of Sluice or a fault of the machine.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly problem: string;
  readonly remedy: string;
  readonly place: Place | undefined;

  constructor(problem: string, options: { remedy: string; place?: Place | undefined; cause?: unknown }) {
    super(`${options.place ? `${formatPlace(options.place)}: ` : ''}${problem}. ${options.remedy}`, {
      cause: options.cause,
    });
    this.problem = problem;
    this.remedy = options.remedy;
    this.place = options.place;
  }
}

/** `path:line:column`, as editors and terminals link it. */
export function formatPlace(place: Place): string {
  return [place.path, place.line, place.column].filter((part) => part !== undefined).join(':');
}
