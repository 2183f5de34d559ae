import { existsSync, readFileSync } from 'node:fs';

/** The recorded durations of work of one class, seconds, oldest first. */
export interface Series {
  readonly name: string;
  /** Whether the bar for restores and snapshots applies. */
  readonly judged: boolean;
  readonly durations: readonly number[];
}

/** Where the recorded durations lie in a checkout that has them beside it. */
export const RECORDED = new URL('../../../shared/atlas/durations.json', import.meta.url);

const JUDGED = /restore|snapshot/;
/** With fewer there is nothing to learn from. */
const FEWEST = 20;

type Recording = Readonly<
  Record<string, readonly (readonly [start: number, seconds: number, kind: string])[]>
>;

/**
 * The recorded series: a list under each operation of `[start, seconds, kind]`. Where an operation has several kinds (a restore into
 * a cluster and a download, say), each is a class of its own, as it is in Lifeboat.
 *
 * @returns undefined when there is no such file.
 */
export function readSeries(file: URL | string): Series[] | undefined {
  if (!existsSync(file)) return undefined;
  const recording = JSON.parse(readFileSync(file, 'utf8')) as Recording;
  return Object.entries(recording).flatMap(([operation, jobs]) => {
    const kinds = [...new Set(jobs.map(([, , kind]) => kind))];
    const named = kinds.map((kind) => ({
      name: kinds.length === 1 ? operation : `${operation} ${kind}`,
      judged: JUDGED.test(operation),
      durations: jobs.filter((job) => job[2] === kind).map(([, seconds]) => seconds),
    }));
    return named.filter(({ durations }) => durations.length >= FEWEST);
  });
}
