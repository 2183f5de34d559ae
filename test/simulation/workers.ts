import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { PlayedBatch } from './play-batch.ts';

/** Processes that play batches. */
export interface Workers {
  /**
   * Plays the batch of a seed in one that is free; there must be one.
   *
   * @throws Error when the process ends before the batch does.
   */
  playBatch(seed: number): Promise<PlayedBatch>;
  close(): void;
}

const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url));

/** Most of what is made lives for one event: a young generation of this many megabytes is cleared less often. */
const YOUNG_MEGABYTES = 64;

/** Starts so many. */
export function startWorkers(count: number): Workers {
  const execArgv = [`--max-semi-space-size=${YOUNG_MEGABYTES}`, '--import', 'tsx'];
  const all = Array.from({ length: count }, () => fork(WORKER, { execArgv }));
  const free = [...all];
  return {
    async playBatch(seed) {
      const worker = free.pop();
      if (worker === undefined) throw new TypeError('Every worker plays a batch already.');
      const batch = await answerOf(worker, seed);
      free.push(worker);
      return batch;
    },
    close() {
      for (const worker of all) worker.kill();
    },
  };
}

async function answerOf(worker: ChildProcess, seed: number): Promise<PlayedBatch> {
  const over = new AbortController();
  const { signal } = over;
  const ended = once(worker, 'exit', { signal }).then(([code]) => {
    throw new Error(`The process that played seed ${seed} has ended: ${String(code)}.`);
  });
  const answered = once(worker, 'message', { signal }).then(([batch]) => batch as PlayedBatch);
  worker.send(seed);
  try {
    return await Promise.race([answered, ended]);
  } finally {
    over.abort();
    await Promise.allSettled([answered, ended]);
  }
}
