/**
 * HTTP status of a failed call to GitHub; undefined when something else was thrown.
 * By name, not by class: the bundle and the packages around it may hold several copies of Octokit's error class.
 */
export function requestStatus(error: unknown): number | undefined {
  if (!(error instanceof Error) || error.name !== 'HttpError' || !('status' in error)) return undefined;
  return typeof error.status === 'number' ? error.status : undefined;
}

/** Whether GitHub refused because the App was never given the permission: waiting does not help. Rate limits have the same status. */
export function isPermissionMissing(error: unknown): boolean {
  return requestStatus(error) === 403 && error instanceof Error && /not accessible by integration/i.test(error.message);
}

/** What the call gives, or `instead` when GitHub answers 404. Mind that GitHub says 404 also for what the caller may not see. */
export async function unlessMissing<Value, Instead>(call: Promise<Value>, instead: Instead): Promise<Value | Instead> {
  try {
    return await call;
  } catch (error) {
    if (requestStatus(error) === 404) return instead;
    throw error;
  }
}
