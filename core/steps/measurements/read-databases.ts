import type { AtlasClient } from '../../atlas/client.ts';
import { collect } from '../../atlas/collect.ts';
import { isoTime } from '../../clock.ts';
import type { ClusterRef } from '../../runbooks/cluster.ts';
import { dataProcesses } from '../shared/cluster-processes.ts';
import type { Measure } from './measures.ts';
import { unlessMissing } from '../shared/seeing.ts';
import { nearestPoint, type SeriesFacts, type Span } from '../shared/series.ts';

/** What Atlas calls a measure (return-measurements-for-one-database-in-one-mongodb-process). */
const NAMES = {
  objects: 'DATABASE_OBJECT_COUNT',
  dataSize: 'DATABASE_DATA_SIZE',
  collections: 'DATABASE_COLLECTION_COUNT',
  indexes: 'DATABASE_INDEX_COUNT',
  views: 'DATABASE_VIEW_COUNT',
} as const satisfies Readonly<Record<Measure, string>>;

/** Databases of MongoDB's own; every cluster has others in them. */
const SYSTEM_DATABASES = ['admin', 'config', 'local'];

/** A cluster whose databases are to be measured. */
export interface MeasuredCluster {
  readonly ref: ClusterRef;
  /** For each shard a process that holds its data, and the databases that it lists. */
  readonly shards: readonly { readonly processId: string; readonly databases: readonly string[] }[];
}

/** What to read of a database. Instants are milliseconds since 1970. */
export interface Wanted {
  readonly measures: readonly Measure[];
  readonly span: Span;
  /** The instant whose values are wanted. */
  readonly at: number;
}

/** The values of a database on all shards together; a measure without a value on one of them has none. */
export interface Measured {
  readonly readings: ReadonlyMap<Measure, number>;
  /** Whether some value is of the wanted instant or earlier. */
  readonly existed: boolean;
}

/** Finds a cluster's processes and databases; no shards where Atlas lists no process of the cluster. */
export async function findDatabases(ref: ClusterRef, atlas: AtlasClient): Promise<MeasuredCluster> {
  const groupId = ref.project;
  const processes = await collect(atlas.monitoring.listGroupProcesses({ groupId }));
  const shards: { processId: string; databases: string[] }[] = [];
  for (const [first] of dataProcesses(processes, ref.cluster)) {
    if (first === undefined) continue;
    const found = await collect(atlas.monitoring.listDatabases({ groupId, processId: first }));
    const databases = found.map((one) => one.databaseName).filter((name) => name !== undefined);
    shards.push({ processId: first, databases });
  }
  return { ref, shards };
}

/** The names of the databases that are on any shard, without those of MongoDB itself, in alphabetical order. */
export function databaseNames({ shards }: MeasuredCluster): string[] {
  const names = new Set(shards.flatMap((shard) => shard.databases));
  return [...names].filter((name) => !SYSTEM_DATABASES.includes(name)).sort();
}

/** Reads the values of a database: on the shards that list it, or where none does on all that still know it. */
export async function readDatabase(
  { ref, shards }: MeasuredCluster,
  database: string,
  wanted: Wanted,
  atlas: AtlasClient,
): Promise<Measured> {
  const read = (processId: string) => readSeries({ ...ref, processId, database }, wanted, atlas);
  const listing = shards.filter((shard) => shard.databases.includes(database));
  const perShard: (readonly SeriesFacts[])[] = [];
  for (const { processId } of listing) perShard.push(await read(processId));
  if (listing.length > 0) return sum(perShard, wanted);
  for (const { processId } of shards) {
    const series = await unlessMissing(() => read(processId));
    if (series !== undefined) perShard.push(series);
  }
  return sum(perShard, wanted);
}

async function readSeries(
  place: ClusterRef & { readonly processId: string; readonly database: string },
  { measures, span }: Wanted,
  atlas: AtlasClient,
): Promise<readonly SeriesFacts[]> {
  const found = await atlas.monitoring.getDatabaseMeasurements({
    groupId: place.project,
    processId: place.processId,
    databaseName: place.database,
    m: measures.map((measure) => NAMES[measure]),
    granularity: span.granularity,
    start: isoTime(span.from),
    end: isoTime(span.to),
  });
  return found.measurements ?? [];
}

function sum(perShard: readonly (readonly SeriesFacts[])[], { measures, span, at }: Wanted): Measured {
  const readings = new Map<Measure, number>();
  let existed = false;
  for (const measure of measures) {
    const points = perShard.map((series) => nearestPoint(series, NAMES[measure], { at, ...span }));
    const known = points.filter((point) => point !== undefined);
    if (known.length === 0 || known.length < points.length) continue;
    readings.set(
      measure,
      known.reduce((total, point) => total + point.value, 0),
    );
    existed ||= perShard.some(
      (series) => nearestPoint(series, NAMES[measure], { at, from: span.from, to: at }) !== undefined,
    );
  }
  return { readings, existed };
}
