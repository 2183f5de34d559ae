import { ApiError } from './api-error.ts';
import { contentsAt, type DatabaseCounts, isDown, lastStart } from './contents.ts';
import { drawFor } from './identifiers.ts';
import type { MeasurementRange } from './measurement-range.ts';
import type { ProcessView } from './processes.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;
/** How often Atlas looks at databases, in milliseconds. */
const LOOKS_EVERY = 20 * MINUTE;

/** The name of the one partition that a process has. */
export const PARTITION = 'data';

/** A series of a measurement. */
export interface Series {
  readonly name: string;
  readonly units: 'BYTES' | 'BYTES_PER_SECOND' | 'MILLISECONDS' | 'PERCENT' | 'SCALAR' | 'SCALAR_PER_SECOND';
  readonly points: readonly { readonly at: number; readonly value: number | null }[];
}

/** Each shard holds its share of the documents, and all of the collections. */
const DATABASE_VALUES: Readonly<Record<string, (database: DatabaseCounts) => number>> = {
  DATABASE_AVERAGE_OBJECT_SIZE: ({ objectBytes }) => objectBytes,
  DATABASE_COLLECTION_COUNT: ({ collections }) => collections,
  DATABASE_DATA_SIZE: ({ objects, objectBytes }) => objects * objectBytes,
  DATABASE_STORAGE_SIZE: ({ objects, objectBytes }) => Math.round(objects * objectBytes * 0.4),
  DATABASE_INDEX_SIZE: ({ objects, indexes }) => objects * indexes * 12,
  DATABASE_INDEX_COUNT: ({ indexes }) => indexes,
  DATABASE_EXTENT_COUNT: () => 0,
  DATABASE_OBJECT_COUNT: ({ objects }) => objects,
  DATABASE_VIEW_COUNT: ({ views }) => views,
};

/** The measurements of a database. */
export const DATABASE_MEASUREMENTS = Object.keys(DATABASE_VALUES);

const DISK_KINDS = ['IOPS_READ', 'IOPS_WRITE', 'IOPS_TOTAL', 'LATENCY_READ', 'LATENCY_WRITE'];
const SPACE_KINDS = ['SPACE_FREE', 'SPACE_USED', 'SPACE_PERCENT_FREE', 'SPACE_PERCENT_USED'];

/** The measurements of a disk; those that count work are also known by their maximum. */
export const DISK_MEASUREMENTS = [
  ...[...DISK_KINDS, ...SPACE_KINDS].flatMap((kind) => [
    `DISK_PARTITION_${kind}`,
    `MAX_DISK_PARTITION_${kind}`,
  ]),
  'DISK_PARTITION_THROUGHPUT_READ',
  'DISK_PARTITION_THROUGHPUT_WRITE',
  'DISK_QUEUE_DEPTH',
];

/** What a process holds of its cluster's databases at an instant. */
export function databasesOf(world: World, process: ProcessView, at: number): DatabaseCounts[] {
  const { cluster, shard } = process;
  return contentsAt(world, cluster, at).databases.map((database) => {
    const share = Math.floor(database.objects / cluster.shards);
    const rest = shard === 0 ? database.objects % cluster.shards : 0;
    return { ...database, objects: share + rest };
  });
}

/**
 * Series of one database. Atlas looks every twenty minutes, and a minute after a restore for the first time; a step
 * in which it did not look has no point.
 *
 * @throws ApiError `DATABASE_NAME_NOT_FOUND`.
 */
export function databaseSeries(
  world: World,
  process: ProcessView,
  name: string,
  names: readonly string[],
  range: MeasurementRange,
): Series[] {
  const held = (at: number): DatabaseCounts | undefined =>
    databasesOf(world, process, at).find((database) => database.name === name);
  if (!held(range.now)) throw new ApiError('DATABASE_NAME_NOT_FOUND', name, process.id);
  const looks = range.steps.flatMap((at) => {
    const look = lastLook(world, process, at);
    return look !== undefined && look > at - range.step ? [{ at, database: held(look) }] : [];
  });
  return names.map((measurement) => ({
    name: measurement,
    units: measurement.endsWith('SIZE') ? 'BYTES' : 'SCALAR',
    points: shown(
      process,
      looks.flatMap(({ at, database }) =>
        database ? [{ at, value: DATABASE_VALUES[measurement]?.(database) ?? 0 }] : [],
      ),
    ),
  }));
}

/** Series of a process's disk, with a point for each step. */
export function diskSeries(
  world: World,
  process: ProcessView,
  names: readonly string[],
  range: MeasurementRange,
): Series[] {
  return names.map((name) => ({
    name,
    units: diskUnits(name),
    points: shown(
      process,
      range.steps.map((at) => ({ at, value: diskValue(world, process, name, at) })),
    ),
  }));
}

/** The last time that Atlas looked at the databases of a process, unless that was during a restore. */
function lastLook(world: World, { cluster }: ProcessView, at: number): number | undefined {
  const start = Math.ceil((lastStart(world, cluster, at) ?? 0) / MINUTE) * MINUTE;
  const look = start + Math.floor((at - start) / LOOKS_EVERY) * LOOKS_EVERY;
  return at < start || isDown(world, cluster, look) ? undefined : look;
}

function shown(process: ProcessView, points: Series['points']): Series['points'] {
  const { measurements } = process.cluster;
  if (measurements === 'none') return [];
  return measurements === 'nulls' ? points.map(({ at }) => ({ at, value: null })) : points;
}

function diskUnits(name: string): Series['units'] {
  if (name.includes('PERCENT')) return 'PERCENT';
  if (name.includes('SPACE')) return 'BYTES';
  if (name.includes('LATENCY')) return 'MILLISECONDS';
  if (name.includes('THROUGHPUT')) return 'BYTES_PER_SECOND';
  return name.includes('IOPS') ? 'SCALAR_PER_SECOND' : 'SCALAR';
}

function diskValue(world: World, { cluster, id }: ProcessView, name: string, at: number): number {
  const total = cluster.diskGB * 2 ** 30;
  const used = Math.min(total, Math.round(contentsAt(world, cluster, at).usedBytes / cluster.shards));
  const bytes = name.endsWith('USED') ? used : total - used;
  if (name.includes('PERCENT')) return (100 * bytes) / total;
  if (name.includes('SPACE')) return bytes;
  // What counts work is busy-looking and no more; nothing is worked out from it.
  return Math.round(1000 * drawFor(world.seed, `disk/${id}/${name}/${at}`)) / 10;
}
