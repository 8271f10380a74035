import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from './settings.ts';

export type { Logger } from 'pino';

/**
 * A log that holds what happened and to what, never what was in it: Probot and Octokit log whole payloads, requests and errors, and those
 * hold people's data, tokens and signatures.
 */
export function createLog(level: LogLevel, destination?: DestinationStream): Logger {
  const options = { level, serializers, hooks: { logMethod: withoutFields } };
  const log = destination ? pino(options, destination) : pino(options);
  const child: unknown = Reflect.get(log, 'child');
  if (typeof child !== 'function') throw new Error('pino has changed');
  // The logger of HTTP requests brings serializers of its own, which write all headers. Children inherit this method.
  const strict = function (this: Logger, bindings: object, more?: object): unknown {
    return Reflect.apply(child, this, [bindings, { ...more, serializers }]);
  };
  Object.defineProperty(log, 'child', { value: strict });
  return log;
}

const serializers = {
  err: describeError,
  error: describeError,
  event: describeEvent,
  req: describeRequest,
  res: describeResponse,
};

/** The words, the kind and the place in the code; not the request, the response or the event that hang on it. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: 'something that is no error was thrown' };
  const status = 'status' in error && typeof error.status === 'number' ? { status: error.status } : {};
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const causes = error instanceof AggregateError ? { errors: error.errors.map(describeError) } : {};
  return { type: error.name, message: firstLine(error.message), ...status, ...code, stack: frames(error), ...causes };
}

function describeEvent(event: unknown): object {
  const read = (name: string): unknown =>
    typeof event === 'object' && event !== null ? Reflect.get(event, name) : undefined;
  return { id: read('id'), name: read('name') };
}

function describeRequest(request: { method?: unknown; url?: unknown }): object {
  // What follows the question mark may be anything.
  return { method: request.method, path: typeof request.url === 'string' ? request.url.split('?')[0] : undefined };
}

function describeResponse(response: { statusCode?: unknown }): object {
  return { status: response.statusCode };
}

const known = new Set([
  'err',
  'error',
  'event',
  'req',
  'res',
  'id',
  'responseTime',
  'repository',
  'pull',
  'run',
  'job',
  'delivery',
  'decision',
]);

/** Lets through the fields above only: Octokit hands over the parameters of its requests as fields. */
function withoutFields(this: Logger, parameters: unknown[], method: (...parameters: unknown[]) => void): void {
  const [first, ...words] = parameters;
  if (first instanceof Error) method.call(this, { err: first }, firstLine(first.message));
  else if (typeof first !== 'object' || first === null) method.apply(this, parameters.slice(0, 1));
  else {
    const fields = Object.fromEntries(Object.entries(first).filter(([name]) => known.has(name)));
    method.call(this, fields, typeof words[0] === 'string' ? words[0] : '');
  }
}

function frames(error: Error): string[] {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim());
}

/** Messages of PostgreSQL and of Octokit may go on with values or with bodies. */
function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').slice(0, 300);
}
