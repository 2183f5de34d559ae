/** A partition of a process, in bytes where they are known. */
export interface PartitionFacts {
  /** `host:port`. */
  readonly process: string;
  readonly partition: string;
  readonly free?: number | undefined;
  readonly used?: number | undefined;
}

/** The partitions of a cluster's data, one list for each shard. */
export type Disks = readonly (readonly PartitionFacts[])[];

/** How much fits into a cluster. */
export interface Room {
  /** Bytes, all shards together. */
  readonly bytes: number;
  /** The partition that has the least, as `host:port partition`. */
  readonly tightest: string;
}

/**
 * How much fits into a cluster: on each shard as much as on the smallest partition of it, for every member holds a copy.
 *
 * @param count `total`: free and used space, for a restore erases what is there; `free`: only what is free.
 * @returns the names of partitions without a value where there are any, for then nothing can be said.
 */
export function roomOn(disks: Disks, count: 'total' | 'free'): Room | { readonly unmeasured: string[] } {
  const unmeasured: string[] = [];
  let bytes = 0;
  let tightest = { name: '', room: Infinity };
  for (const shard of disks) {
    let least = Infinity;
    for (const partition of shard) {
      const name = `${partition.process} ${partition.partition}`;
      const room = roomOf(partition, count);
      if (room === undefined) unmeasured.push(name);
      else if (room < tightest.room) tightest = { name, room };
      least = Math.min(least, room ?? Infinity);
    }
    bytes += least;
  }
  return unmeasured.length > 0 ? { unmeasured } : { bytes, tightest: tightest.name };
}

function roomOf({ free, used }: PartitionFacts, count: 'total' | 'free'): number | undefined {
  if (free === undefined || count === 'free') return free;
  return used === undefined ? undefined : free + used;
}

/** How much a cluster holds, in bytes: on each shard what its fullest member holds; undefined where one is not measured. */
export function usedOn(disks: Disks): number | undefined {
  let bytes = 0;
  for (const shard of disks) {
    const most = Math.max(...shard.map(({ used }) => used ?? Number.NaN));
    if (!Number.isFinite(most)) return undefined;
    bytes += most;
  }
  return disks.length === 0 ? undefined : bytes;
}
