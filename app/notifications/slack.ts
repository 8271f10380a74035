import type { Channel, Delivery, Message } from './channel.ts';

const patience = 10_000;

/** A channel that takes Slack's incoming webhooks: Slack, Mattermost, Rocket.Chat, Teams through a workflow. */
export function slackChannel(url: string): Channel {
  return { name: 'slack', send: (message) => post(url, message), close: () => undefined };
}

async function post(url: string, message: Message): Promise<Delivery> {
  const body = JSON.stringify({ text: `*${escaped(message.title)}*\n${escaped(message.text)}` });
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      // Where it leads is decided by the settings of this server alone.
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    });
    await response.body?.cancel();
    if (response.ok) return { result: 'sent' };
    const wait = Number(response.headers.get('retry-after'));
    const pause = Number.isFinite(wait) && wait > 0 ? { pause: wait * 1000 } : {};
    return { result: 'failed', note: `answered ${response.status}`, ...pause };
  } catch (error) {
    return { result: 'failed', note: reasonOf(error) };
  }
}

/** Names of mentions, links and channels stand between these. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The words of such errors may hold the address, which is a secret. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (error instanceof Error && error.name === 'TimeoutError') return 'did not answer in time';
  return typeof code === 'string' ? `could not be reached (${code})` : 'could not be reached';
}
