import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { PeerName } from './peers/index.ts';
import type { Decision, Row, Tool } from './tool.ts';

/** The cap that Sluice has too. */
const MOST_MILLISECONDS = 2_000;

/** A peer in a thread of its own, which is ended when a pair takes too long: some never come back from a recursive schema. */
export function inWorker(peer: PeerName, about: Pick<Tool, 'name' | 'rowsPerSet'>): Tool {
  let worker: Worker | undefined;
  const end = async () => {
    await worker?.terminate();
    worker = undefined;
  };
  return {
    ...about,
    decide: async (row) => {
      worker ??= await start(peer);
      const answer = await ask(worker, row);
      if (answer !== undefined) return answer;
      await end();
      return { backward: 'none', forward: 'none', milliseconds: MOST_MILLISECONDS };
    },
    close: end,
  };
}

/** Loading a peer is not part of its time. */
async function start(workerData: PeerName): Promise<Worker> {
  const worker = new Worker(new URL('./peers/worker.js', import.meta.url), { workerData });
  await once(worker, 'message');
  return worker;
}

async function ask(worker: Worker, row: Row): Promise<(Decision & { readonly milliseconds: number }) | undefined> {
  const answered = once(worker, 'message', { signal: AbortSignal.timeout(MOST_MILLISECONDS) });
  worker.postMessage(row);
  try {
    const [answer] = await answered;
    return answer;
  } catch {
    return undefined;
  }
}
