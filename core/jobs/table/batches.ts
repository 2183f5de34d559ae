/** Values that wait for the write before them to end, and the write that will take them all. */
interface Batch<T, Result> {
  readonly values: T[];
  readonly written: Promise<Result>;
}

/** Hands `value` over to be written under `key`; gives or throws what the write of its batch did. */
export type HandOver<T, Result> = (
  key: string,
  value: T,
  write: (values: readonly T[]) => Promise<Result>,
) => Promise<Result>;

/**
 * Lets one write at a time go on under each key. What is handed over in the meantime goes together in the next one, so writers of
 * one process never compete with each other.
 */
export function inBatches<T, Result>(): HandOver<T, Result> {
  const waiting = new Map<string, Batch<T, Result>>();
  const running = new Map<string, Promise<Result>>();

  async function begin(key: string, write: () => Promise<Result>): Promise<Result> {
    // A failure of the write before is told to those whose it was.
    await running.get(key)?.catch(() => undefined);
    waiting.delete(key);
    const writing = write();
    running.set(key, writing);
    try {
      return await writing;
    } finally {
      if (running.get(key) === writing) running.delete(key);
    }
  }

  return (key, value, write) => {
    const there = waiting.get(key);
    if (there !== undefined) {
      there.values.push(value);
      return there.written;
    }
    const values = [value];
    const written = begin(key, () => write(values));
    waiting.set(key, { values, written });
    return written;
  };
}
