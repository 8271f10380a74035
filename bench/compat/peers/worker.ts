// A thread that answers for one peer: a row comes in, its decision and milliseconds go out.
import { on } from 'node:events';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { Row } from '../tool.ts';
import { type PeerName, peers } from './index.ts';

const decide = await peers[workerData as PeerName]();
const asker = parentPort as MessagePort;
asker.postMessage('ready');
for await (const [row] of on(asker, 'message')) {
  const start = performance.now();
  const decision = await decide(row as Row);
  asker.postMessage({ ...decision, milliseconds: performance.now() - start });
}
