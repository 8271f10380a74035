import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands between a program and a server, and counts. */
export interface Meter {
  readonly url: string;
  reset(): void;
  calls(): number;
  /** Milliseconds during which at least one call was not answered yet. */
  busy(): number;
  close(): Promise<void>;
}

export async function startMeter(target: string): Promise<Meter> {
  let calls = 0;
  let open = 0;
  let since = 0;
  let busy = 0;
  const server = createServer((incoming, outgoing) => {
    calls += 1;
    if (open++ === 0) since = performance.now();
    outgoing.on('close', () => {
      open -= 1;
      if (open === 0) busy += performance.now() - since;
    });
    const { method, headers, url } = incoming;
    const onward = send(new URL(url ?? '/', target), { method, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    reset: () => {
      [calls, busy] = [0, 0];
    },
    calls: () => calls,
    busy: () => busy,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
