import { createHmac, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createLog } from '../app/log.ts';
import { startApp } from '../app/start.ts';
import { openRegistry } from '../registry/database.ts';
import { startEmbeddedPostgres } from '../registry/embedded.ts';
import { migrateRegistry } from '../registry/migrate.ts';

/**
 * `npm run bench:app [-- deliveries [pull-requests]]`: signed webhooks sent to a running App as fast as it takes them, with so many open pull
 * requests in the registry. Prints how many a second are recorded and answered, how long answers take, and the memory before and after. GitHub
 * is a server that knows nothing, so the work behind the webhooks ends early: this measures the way in, not the decisions.
 */
const [deliveries = 50_000, pulls = 10_000] = process.argv.slice(2).map(Number);
const clients = 16;
const secret = randomBytes(20).toString('hex');

const github = createServer((_, response) => response.writeHead(404, { 'content-type': 'application/json' }).end('{}'));
await new Promise<void>((resolve) => github.listen(0, '127.0.0.1', resolve));
const postgres = await startEmbeddedPostgres();
const registry = openRegistry(postgres.url);
await migrateRegistry(registry);
await registry.query(
  `INSERT INTO sluice.approvals (repository, pull_request, head, fingerprint, parts, decision, approved_by, policy_hash)
   SELECT 'acme/claims', n, md5(n::text), md5(n::text), '[]', '{"state":"approved"}', '{platform-engineer}', 'p'
   FROM generate_series(1, $1) n`,
  [pulls],
);
await registry.query(
  `INSERT INTO sluice.requests (repository, pull_request, state) SELECT 'acme/claims', n, 'pending' FROM generate_series(1, $1) n`,
  [pulls],
);
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
});
const app = await startApp(
  {
    appId: 1,
    privateKey,
    webhookSecret: secret,
    registryUrl: postgres.url,
    queueUrl: postgres.url,
    githubUrl: `http://127.0.0.1:${(github.address() as AddressInfo).port}`,
    host: '127.0.0.1',
    port: 0,
    logLevel: 'fatal',
  },
  { log: createLog('fatal'), patient: false },
);

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const memory = (): number => {
  collectGarbage();
  return process.memoryUsage().rss / 1024 / 1024;
};

const agent = new Agent({ keepAlive: true, maxSockets: clients });
const url = new URL(app.webhookUrl);

/** A webhook of about the size of GitHub's, about one of the pull requests. Returns milliseconds. */
async function send(number: number): Promise<number> {
  const repository = { name: 'claims', full_name: 'acme/claims', owner: { login: 'acme' } };
  const text = { title: 'Change the claim', body: 'x'.repeat(8_000) };
  const payload = { action: 'synchronize', installation: { id: 1 }, repository, pull_request: { number, ...text } };
  const body = JSON.stringify(payload);
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-github-delivery': randomUUID(),
    'x-github-event': 'pull_request',
    'x-hub-signature-256': `sha256=${signature}`,
  };
  const begun = performance.now();
  const status = await new Promise<number>((resolve, reject) => {
    const sending = request(url, { method: 'POST', headers, agent }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    sending.on('error', reject);
    sending.end(body);
  });
  if (status !== 200) throw new Error(`the App answered ${status}`);
  return performance.now() - begun;
}

async function sendMany(count: number): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  const client = async (): Promise<void> => {
    while (next < count) {
      next += 1;
      times.push(await send(1 + (next % pulls)));
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return times;
}

await sendMany(Math.min(500, deliveries));
const before = memory();
const begun = performance.now();
const times = (await sendMany(deliveries)).sort((a, b) => a - b);
const seconds = (performance.now() - begun) / 1000;
const after = memory();
const { rows } = await registry.query<{ recorded: number }>(
  'SELECT count(*)::float8 AS recorded FROM sluice.deliveries',
);
const at = (share: number): string =>
  `${(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(1)} ms`;
const whole = (number: number): string => number.toLocaleString('en-US', { maximumFractionDigits: 0 });
console.log(
  `${whole(deliveries)} signed webhooks about ${whole(pulls)} pull requests, ${clients} at a time, all recorded and answered with 200`,
);
console.log(`accepted: ${whole(deliveries / seconds)} a second`);
console.log(`answer time: p50 ${at(0.5)}, p99 ${at(0.99)}, longest ${at(1)}`);
console.log(
  `memory after garbage collection (RSS, with this client): first ${whole(before)} MiB, last ${whole(after)} MiB`,
);
console.log(`deliveries in the registry: ${whole(rows[0]?.recorded ?? 0)}`);
agent.destroy();
await registry.end();
await Promise.race([app.close(), new Promise((resolve) => setTimeout(resolve, 5_000))]);
await postgres.stop();
github.close();
process.exit();
