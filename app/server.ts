import type { IncomingMessage, ServerResponse } from 'node:http';
import { Probot, ProbotOctokit, Server } from 'probot';
import type { AppContext } from './context.ts';
import { handlers } from './handlers/index.ts';
import type { Logger } from './log.ts';
import type { AppSettings } from './settings.ts';
import { webhookReceiver } from './webhook-receiver.ts';

export interface ServerRequest {
  readonly settings: AppSettings;
  readonly log: Logger;
  /** False in tests: no waiting between writes, no repeating of what failed. */
  readonly patient: boolean;
}

/** A Probot server that is not listening yet, and Probot itself for calls outside of webhooks. */
export async function createServer({
  settings,
  log,
  patient,
}: ServerRequest): Promise<{ server: Server; probot: Probot }> {
  const Octokit = patient
    ? ProbotOctokit
    : ProbotOctokit.defaults((options: { throttle?: object }) => ({
        ...options,
        throttle: { ...options.throttle, enabled: false },
        retry: { enabled: false },
      }));
  const { appId, privateKey, webhookSecret: secret, previousWebhookSecret: before, host, port, githubUrl } = settings;
  const secrets = before === undefined ? [secret] : [secret, before];
  const options = {
    appId,
    privateKey,
    secret,
    log,
    Octokit,
    ...(githubUrl === undefined ? {} : { baseUrl: githubUrl }),
  };
  let probot: Probot | undefined;
  // Probot's server makes its own Probot; `load` hands it out.
  const server = new Server({
    Probot: withReceiver(secrets, log).defaults(options),
    log,
    host,
    // Probot takes the number 0 for "not said" and would use 3000; as text it means any free port, as everywhere.
    port: String(port) as unknown as number,
    enableStaticFiles: false,
  });
  await server.load((loaded) => {
    probot = loaded;
  });
  if (!probot) throw new Error('Probot did not load');
  return { server, probot };
}

/** Probot's own receiver knows one secret, reads bodies of any size into memory, and says "accepted" of what it has not recorded. */
function withReceiver(secrets: readonly string[], log: Logger): typeof Probot {
  return class extends Probot {
    override getNodeMiddleware(): Promise<ReturnType<typeof webhookReceiver>> {
      return Promise.resolve(webhookReceiver({ secrets, log, receive: (event) => this.receive(event) }));
    }
  };
}

/** What the server answers: webhooks, and whether it is well. */
export async function loadHandlers(server: Server, context: AppContext): Promise<void> {
  server.addHandler((request, response) => answerHealth(context, request, response));
  await server.load((probot) => {
    for (const handler of handlers) handler(probot, context);
  });
}

/** 200 as long as the registry can be reached: without it webhooks cannot be recorded. */
async function answerHealth(context: AppContext, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  if (request.method !== 'GET' || request.url?.split('?')[0] !== '/healthz') return false;
  const well = await context.registry.query('SELECT 1').then(
    () => true,
    () => false,
  );
  response.writeHead(well ? 200 : 503, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ status: well ? 'ok' : 'the registry cannot be reached' }));
  return true;
}
