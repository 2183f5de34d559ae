import type { ApiRequest } from '../http-types.ts';
import type { MeasurementRange } from '../measurement-range.ts';
import type { Series } from '../measurements.ts';
import { link } from '../pages.ts';
import { holdsData, type ProcessView } from '../processes.ts';
import { instant } from './instant.ts';
import { projectPath } from './names.ts';

/** A mongod or mongos; `userAlias` begins with the name of its cluster. */
export function processReply(request: ApiRequest, process: ProcessView): unknown {
  const { cluster, id, hostname, port, type, replicaSet, alias } = process;
  return {
    created: instant(cluster.createdAt),
    groupId: cluster.project,
    hostname,
    id,
    lastPing: instant(request.now),
    links: [link(request, 'self', processPath(process))],
    port,
    ...(replicaSet !== undefined && { replicaSetName: replicaSet }),
    ...(cluster.kind === 'sharded' && holdsData(process) && { shardName: replicaSet }),
    typeName: type,
    userAlias: alias,
    version: cluster.version,
  };
}

/** A partition of a process's disk. */
export function diskReply(request: ApiRequest, process: ProcessView, partitionName: string): unknown {
  return {
    links: [link(request, 'self', `${processPath(process)}/disks/${partitionName}`)],
    partitionName,
  };
}

/** A database of a process. */
export function databaseReply(request: ApiRequest, process: ProcessView, databaseName: string): unknown {
  const path = `${processPath(process)}/databases/${encodeURIComponent(databaseName)}`;
  return { databaseName, links: [link(request, 'self', path)] };
}

/** Measurements of a disk or a database. */
export function measurementsReply(
  request: ApiRequest,
  process: ProcessView,
  of: { readonly databaseName: string } | { readonly partitionName: string },
  range: MeasurementRange,
  series: readonly Series[],
): unknown {
  return {
    ...of,
    end: instant(range.end),
    granularity: range.granularity,
    groupId: process.cluster.project,
    hostId: process.id,
    links: [link(request, 'self', request.path)],
    measurements: series.map(({ name, units, points }) => ({
      dataPoints: points.map(({ at, value }) => ({ timestamp: instant(at), value })),
      name,
      units,
    })),
    processId: process.id,
    start: instant(range.start),
  };
}

function processPath({ cluster, id }: ProcessView): string {
  return `${projectPath(cluster.project)}/processes/${id}`;
}
