const patience = 10_000;

export interface StopSignal {
  /** Waits for the signal, also one that came before, then closes. */
  untilStopped(close: () => Promise<void>): Promise<void>;
}

/**
 * Listens for Ctrl-C and SIGTERM from now on: call it before anything is started. A second signal ends the process at once (code 130), and
 * so does, with a word, what does not close within ten seconds: whatever was at work is taken up again at the next start.
 */
export function listenForStop(): StopSignal {
  const stopped = new Promise<void>((resolve) => {
    let asked = false;
    for (const name of ['SIGINT', 'SIGTERM'] as const) {
      process.on(name, () => {
        if (asked) process.exit(130);
        asked = true;
        console.log('Stopping. Once more Ctrl-C stops at once.');
        resolve();
      });
    }
  });
  return {
    async untilStopped(close) {
      await stopped;
      const timer = setTimeout(() => {
        console.log('Not everything ended in time; it goes on at the next start.');
        process.exit(0);
      }, patience);
      await close();
      clearTimeout(timer);
      // What waits for GitHub to be asked again would keep the process.
      process.exit();
    },
  };
}
