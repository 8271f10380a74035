import type { Octokit } from '../github/octokit.ts';
import { openRegistry } from '../registry/database.ts';
import { migrateRegistry } from '../registry/migrate.ts';
import { openQueue } from '../registry/queue/bullmq.ts';
import { startOutboxRelay } from '../registry/queue/relay.ts';
import { appQueue } from '../registry/runs/progress.ts';
import { readFloor } from './approval/floor.ts';
import type { AppContext } from './context.ts';
import { createLog, type Logger } from './log.ts';
import { channelsOf, webAddress } from './notifications/channels.ts';
import { startNotifier } from './notifications/start.ts';
import { Recent } from './recent.ts';
import { startReconciler } from './reconcile/start.ts';
import { createServer, loadHandlers } from './server.ts';
import type { AppSettings } from './settings.ts';
import { webhookPath } from './webhook-receiver.ts';
import { jobHandler } from './worker.ts';

export interface RunningApp {
  /** Where it listens; webhooks go to a path below it. */
  readonly url: string;
  readonly webhookUrl: string;
  /** Takes no more webhooks and jobs, and waits for those at work. */
  close(): Promise<void>;
}

/** Jobs at the same time. Each holds a connection of the registry for its lock and may need a second one. */
const concurrency = 4;

/** Milliseconds. */
const farewell = 2000;

/** Each holds the texts of the schemas it is about. */
const assessmentsKept = 50;

/**
 * Starts the App: brings the registry up to date, listens for webhooks, works off its queue.
 * @param options.patient false in tests: GitHub's limits are not waited for, and jobs are handed over at once
 */
export async function startApp(
  settings: AppSettings,
  options: { log?: Logger; patient?: boolean } = {},
): Promise<RunningApp> {
  const log = options.log ?? createLog(settings.logLevel);
  const patient = options.patient ?? true;
  const floor = settings.approvalFloor === undefined ? undefined : readFloor(settings.approvalFloor);
  const report = (error: Error): void => log.error({ err: error }, 'in the background');
  // In the order of their start; stopped the other way round, also when a later one cannot start.
  const started: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const stopOne of started.splice(0).reverse()) await stopOne();
  };
  try {
    const registry = openRegistry(settings.registryUrl, { max: 3 * concurrency, report });
    started.push(() => registry.end());
    await migrateRegistry(registry);
    const { server, probot } = await createServer({ settings, log, patient });
    const queue = await openQueue(settings.queueUrl, appQueue, report);
    started.push(() => queue.close());
    let login: Promise<string> | undefined;
    const context: AppContext = {
      appId: settings.appId,
      registry,
      queue,
      log,
      patient,
      floor,
      assessments: new Recent(assessmentsKept),
      github: (installationId) => probot.auth(installationId),
      asApp: () => probot.auth(),
      login: () => (login ??= ownLogin(probot.auth())),
    };
    await loadHandlers(server, context);
    const http = await server.start();
    started.push(async () => {
      // Who is in the middle of sending gets a moment to end it.
      const timer = setTimeout(() => http.closeAllConnections(), farewell);
      await server.stop();
      clearTimeout(timer);
    });
    const worker = queue.work(jobHandler(context), { concurrency });
    started.push(() => worker.close());
    const relay = startOutboxRelay(registry, [queue], { report, ...(patient ? {} : { interval: 10 }) });
    started.push(() => relay.close());
    const reconciler = startReconciler(context);
    started.push(() => reconciler.close());
    const { notifications } = settings;
    if (notifications !== undefined) {
      const notifier = startNotifier(registry, channelsOf(notifications), {
        topics: notifications.topics,
        web: webAddress(settings.githubUrl),
        ...(patient ? {} : { interval: 10, firstPause: 10 }),
        report: (words, error) => log.warn(error ? { err: error } : {}, words),
      });
      started.push(() => notifier.close());
    }
    const url = `http://${server.host}:${server.port}`;
    let stopping: Promise<void> | undefined;
    return { url, webhookUrl: `${url}${webhookPath}`, close: () => (stopping ??= stop()) };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function ownLogin(octokit: Promise<Octokit>): Promise<string> {
  const { data } = await (await octokit).rest.apps.getAuthenticated();
  if (!data) throw new Error('GitHub does not know this App');
  return `${data.slug ?? data.name}[bot]`;
}
