import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Probot } from 'probot';
import { isObject, type Json } from '../core/schema/json.ts';
import type { Logger } from './log.ts';
import { isSigned } from './webhook-signature.ts';

export const webhookPath = '/api/github/webhooks';

/** Bytes; GitHub sends no more. */
const largestBody = 25 * 1024 * 1024;

type Event = Parameters<Probot['receive']>[0];

export interface WebhookReceiver {
  /** Webhooks may be signed with any of them. */
  readonly secrets: readonly string[];
  readonly log: Logger;
  /** Resolves when the webhook is recorded. */
  readonly receive: (event: Event) => Promise<void>;
}

/**
 * Answers GitHub: 200 once a webhook is recorded (the work comes later), 500 when it could not be, so that GitHub shows it as failed and it
 * can be sent again. Nothing that is not signed is parsed, and none of it is repeated in an answer.
 */
export function webhookReceiver(
  receiver: WebhookReceiver,
): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  return async (request, response) => {
    if (request.url?.split('?')[0] !== webhookPath) return false;
    const [status, words] = await answerTo(receiver, request);
    // Who is refused early may still be sending.
    if (!request.complete) response.setHeader('connection', 'close');
    response.writeHead(status, { 'content-type': 'text/plain' }).end(`${words}\n`);
    if (!request.complete) request.resume().setTimeout(1000, () => request.destroy());
    return true;
  };
}

type Answer = readonly [status: number, words: string];

async function answerTo({ secrets, log, receive }: WebhookReceiver, request: IncomingMessage): Promise<Answer> {
  const header = (name: string): string => {
    const value = request.headers[name];
    return typeof value === 'string' ? value : '';
  };
  const [id, name, signature] = ['x-github-delivery', 'x-github-event', 'x-hub-signature-256'].map(header);
  if (request.method !== 'POST') return [405, 'webhooks are posted'];
  if (!id || !name || !signature) return [400, 'a header of GitHub is missing'];
  if (!/^application\/json\b/.test(header('content-type'))) return [415, 'webhooks are json'];
  if (Number(header('content-length')) > largestBody) return [413, 'too large'];
  const body = await readBody(request).catch(() => undefined);
  if (body === undefined) return [400, 'the body broke off'];
  if (body === 'too large') return [413, body];
  if (!isSigned(body, signature, secrets)) return [401, 'the signature is not of this body and our secret'];
  const payload = parsed(body);
  if (!isObject(payload)) return [400, 'the body is no json object'];
  try {
    await receive({ id, name, payload } as unknown as Event);
    return [200, 'ok'];
  } catch (error) {
    log.error({ err: error, delivery: id }, 'a webhook was not recorded');
    return [500, 'not recorded'];
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer | 'too large'> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += (chunk as Buffer).length;
    if (size > largestBody) return 'too large';
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function parsed(body: Buffer): Json | undefined {
  try {
    return JSON.parse(body.toString('utf8')) as Json;
  } catch {
    return undefined;
  }
}
