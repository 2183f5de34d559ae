import { statSync, type BigIntStats } from 'node:fs';

/** Looks after the files of a history that this process has open. */
export interface FileWatch {
  /**
   * Whether they are still where they were opened. On Linux and macOS a file that was removed or moved can be written to as before,
   * and what is written is gone with the process. Takes microseconds.
   */
  areInPlace(): boolean;
  /** Bytes of the log of SQLite. */
  logBytes(): number;
}

/** @param path of a database that is open, so that its log stays. */
export function watchFiles(path: string): FileWatch {
  const log = `${path}-wal`;
  const first = [path, log].map(statOf);
  return {
    areInPlace: () =>
      [path, log].every((name, nth) => {
        const [now, then] = [statOf(name), first[nth]];
        return now !== undefined && now.ino === then?.ino && now.dev === then.dev;
      }),
    logBytes: () => Number(statOf(log)?.size ?? 0),
  };
}

function statOf(path: string): BigIntStats | undefined {
  return statSync(path, { bigint: true, throwIfNoEntry: false });
}
