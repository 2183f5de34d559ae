import { constants } from 'node:os';

/** A terminal that is closed, or an SSH session that drops, sends SIGHUP. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type Signal = (typeof SIGNALS)[number];

/** Being asked to stop. */
export interface Interrupts {
  /** Aborted by the first request. */
  readonly signal: AbortSignal;
  /** The exit code of the request that was received; undefined when there was none. */
  exitCode(): number | undefined;
  /** Leaves the signals to Node again. */
  release(): void;
}

/** npm hands on a Ctrl-C that the terminal has sent already: within this time it is one and the same. Milliseconds. */
const ECHO_MS = 500;

/**
 * Listens for Ctrl-C, SIGTERM and SIGHUP. The first asks to stop where it can be gone on from later; the next one ends the
 * process at once.
 *
 * @param onFirst called with the first, to tell the person that it was heard.
 * @param onSecond called before the process ends.
 */
export function listenForInterrupts(onFirst: () => void, onSecond: () => void): Interrupts {
  const controller = new AbortController();
  let received: Signal | undefined;
  let receivedAt = 0;
  const heard = (signal: Signal) => {
    if (received === undefined) {
      received = signal;
      receivedAt = performance.now();
      onFirst();
      controller.abort();
    } else if (performance.now() - receivedAt > ECHO_MS) {
      onSecond();
      process.exit(codeOf(signal));
    }
  };
  for (const signal of SIGNALS) process.on(signal, heard);
  return {
    signal: controller.signal,
    exitCode: () => (received === undefined ? undefined : codeOf(received)),
    release() {
      for (const signal of SIGNALS) process.off(signal, heard);
    },
  };
}

/** As shells count: 128 and the number of the signal, so 130, 143 and 129. */
function codeOf(signal: Signal): number {
  return 128 + constants.signals[signal];
}
