import type { Cli } from '../cli.ts';

/** So long a person waits without wondering. Milliseconds. */
const SOON = 1_000;

/** Waits for work that shows no progress of its own, and tells what is waited for when it takes its time. */
export async function noteIfSlow<T>(work: Promise<T>, text: string, { err, quiet }: Cli): Promise<T> {
  if (quiet) return work;
  const timer = setTimeout(() => {
    err.line(text);
  }, SOON);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}
