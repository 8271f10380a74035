import { AsyncLocalStorage } from 'node:async_hooks';

/** What made somebody act: the webhook whose job is being done, and the comment that it tells of. */
export interface Cause {
  /** GitHub's delivery id; undefined when no webhook asked, but a schedule. */
  readonly delivery: string | undefined;
  /** GitHub's number of the comment. Later ones have higher numbers. */
  readonly comment?: number | undefined;
}

const causes = new AsyncLocalStorage<Cause>();

/** Does work because of something: events that it appends to the audit trail name it, however deep in the work. */
export function withCause<Result>(cause: Cause, work: () => Promise<Result>): Promise<Result> {
  return causes.run(cause, work);
}

export function currentCause(): Cause | undefined {
  return causes.getStore();
}
