import { ApiError } from '../api-error.ts';
import type { ApiRequest, HandlerReply } from '../http-types.ts';
import { measurementRange, wantedMeasurements } from '../measurement-range.ts';
import {
  DATABASE_MEASUREMENTS,
  databaseSeries,
  databasesOf,
  DISK_MEASUREMENTS,
  diskSeries,
  PARTITION,
} from '../measurements.ts';
import { page } from '../pages.ts';
import { findProcess, holdsData, processesOf, type ProcessView } from '../processes.ts';
import { databaseReply, diskReply, measurementsReply, processReply } from '../replies/process-replies.ts';
import { LOOK, type Operation, part } from './operation.ts';

/** The processes of a project and their measurements. */
export const PROCESS_OPERATIONS: readonly Operation[] = [
  {
    ...LOOK,
    id: 'listGroupProcesses',
    path: '/processes',
    handle: (request) =>
      page(request, processesOf(request.world, part(request, 'groupId')), (process) =>
        processReply(request, process),
      ),
  },
  {
    ...LOOK,
    id: 'listProcessDisks',
    path: '/processes/{processId}/disks',
    handle: (request) => {
      const process = processOf(request);
      return page(request, [PARTITION], (name) => diskReply(request, process, name));
    },
  },
  {
    ...LOOK,
    id: 'getProcessDiskMeasurements',
    path: '/processes/{processId}/disks/{partitionName}/measurements',
    handle: diskMeasurements,
  },
  {
    ...LOOK,
    id: 'listDatabases',
    path: '/processes/{processId}/databases',
    handle: (request) => {
      const process = processOf(request);
      const databases = holdsData(process) ? databasesOf(request.world, process, request.now) : [];
      return page(request, databases, ({ name }) => databaseReply(request, process, name));
    },
  },
  {
    ...LOOK,
    id: 'getDatabaseMeasurements',
    path: '/processes/{processId}/databases/{databaseName}/measurements',
    handle: databaseMeasurements,
  },
];

function processOf(request: ApiRequest): ProcessView {
  return findProcess(request.world, part(request, 'groupId'), part(request, 'processId'));
}

function diskMeasurements(request: ApiRequest): HandlerReply {
  const process = processOf(request);
  const partitionName = part(request, 'partitionName');
  if (partitionName !== PARTITION) throw new ApiError('PARTITION_NOT_FOUND', partitionName, process.id);
  const names = wantedMeasurements(request, DISK_MEASUREMENTS);
  const range = measurementRange(request);
  const series = diskSeries(request.world, process, names, range);
  return { status: 200, body: measurementsReply(request, process, { partitionName }, range, series) };
}

function databaseMeasurements(request: ApiRequest): HandlerReply {
  const process = processOf(request);
  const databaseName = part(request, 'databaseName');
  if (!holdsData(process)) throw new ApiError('DATABASE_NAME_NOT_FOUND', databaseName, process.id);
  const names = wantedMeasurements(request, DATABASE_MEASUREMENTS);
  const range = measurementRange(request);
  const series = databaseSeries(request.world, process, databaseName, names, range);
  return { status: 200, body: measurementsReply(request, process, { databaseName }, range, series) };
}
