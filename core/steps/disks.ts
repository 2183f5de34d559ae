import * as z from 'zod';
import { collect } from '../atlas/collect.ts';
import { isoTime } from '../clock.ts';
import { clusterName, type ClusterRef } from '../runbooks/cluster.ts';
import { plainLine } from '../runbooks/fields.ts';
import { roomOn, usedOn, type Disks, type PartitionFacts, type Room } from './disks/room-on-disks.ts';
import type { StepAnswer } from './protocol/step-answer.ts';
import type { StepContext } from './protocol/step-context.ts';
import type { StepKind } from './protocol/step-kind.ts';
import { dataProcesses } from './shared/cluster-processes.ts';
import { listed } from './shared/listed.ts';
import { couldNotSee, noTarget, see, type Blind } from './shared/seeing.ts';
import { nearestPoint } from './shared/series.ts';

const settings = z.strictObject({
  count: z
    .enum(['total', 'free'])
    .default('total')
    .describe('total: free and used space, for a restore erases what is there; free: only what is free now'),
  spare: z
    .number()
    .min(0)
    .max(1000)
    .default(0)
    .describe('How much more than the size of the data there must be, in percent'),
  partitions: z
    .array(plainLine.min(1))
    .min(1)
    .optional()
    .describe('Names of the partitions that hold data; absent: every one that Atlas lists'),
});

/** What `with` holds. */
export type DisksWith = z.output<typeof settings>;

/** Milliseconds: how old the newest measurement of a disk may be. Disks are measured every minute. */
const FRESH = 3_600_000;

const QUESTION = 'whether the restore has room there';

/**
 * The target has partitions, and on each of them room for what is to be restored.
 *
 * Doc: return-available-disks-for-one-mongodb-process.
 */
export const disks: StepKind<DisksWith> = {
  use: 'disks',
  stages: ['ready'],
  effect: 'check',
  destroys: false,
  operations: {
    listGroupProcesses: ['Project Read Only'],
    listProcessDisks: ['Project Read Only'],
    getProcessDiskMeasurements: ['Project Read Only'],
  },
  with: settings,
  summary: (_settings, { target }) =>
    `Check that the disks of ${target?.cluster ?? 'the target'} have room for what is restored`,

  async look(settings, context) {
    const { target } = context;
    if (target === undefined) return noTarget('disk');
    const found = await see(`the disks of ${clusterName(target)}`, () =>
      disksOf(target, context, settings.partitions),
    );
    if ('unseen' in found) return couldNotSee(found, QUESTION);
    const partitions = found.seen.flat().length;
    if (partitions === 0 || found.seen.some((shard) => shard.length === 0)) {
      const message = `Atlas lists no partition for the data of ${clusterName(target)}; ${QUESTION} is not known.`;
      return { outcome: 'unknown', message, evidence: { partitions } };
    }
    const room = roomOn(found.seen, settings.count);
    if ('unmeasured' in room) {
      const message = `Atlas has no measurement of the space on ${listed(room.unmeasured)}; ${QUESTION} is not known.`;
      return { outcome: 'unknown', message, evidence: { partitions, unmeasured: listed(room.unmeasured) } };
    }
    const needed = await sizeToRestore(context);
    if ('unseen' in needed) return couldNotSee(needed, QUESTION);
    return answer(settings, target, { partitions, room, needed });
  },
};

interface Needed {
  readonly bytes: number;
  /** Where the size comes from, for a person. */
  readonly of: string;
}

/** The snapshot's size, or as long as none is chosen what the source holds now. */
async function sizeToRestore(context: StepContext): Promise<Needed | Blind> {
  const { source } = context;
  const { snapshot } = context.job;
  // A snapshot that is still being taken has a size of zero.
  if (snapshot?.sizeBytes !== undefined && snapshot.sizeBytes > 0) {
    return { bytes: snapshot.sizeBytes, of: `snapshot ${snapshot.id}` };
  }
  if (source === undefined) return { unseen: 'the size of the data: the runbook names no source in Atlas' };
  const found = await see(`the disks of ${clusterName(source)}`, () => disksOf(source, context));
  if ('unseen' in found) return found;
  const bytes = usedOn(found.seen);
  if (bytes === undefined)
    return { unseen: `the disks of ${clusterName(source)}: Atlas has no measurement of them` };
  return { bytes, of: `the data on ${clusterName(source)}` };
}

async function disksOf(
  { project, cluster }: ClusterRef,
  context: StepContext,
  wanted?: readonly string[],
): Promise<Disks> {
  const groupId = project;
  const processes = await collect(context.atlas.monitoring.listGroupProcesses({ groupId }));
  const shards: PartitionFacts[][] = [];
  for (const members of dataProcesses(processes, cluster)) {
    const shard: PartitionFacts[] = [];
    for (const processId of members) {
      const found = await collect(context.atlas.monitoring.listProcessDisks({ groupId, processId }));
      for (const { partitionName } of found) {
        if (partitionName === undefined || wanted?.includes(partitionName) === false) continue;
        shard.push(await measure(groupId, processId, partitionName, context));
      }
    }
    shards.push(shard);
  }
  return shards;
}

async function measure(
  groupId: string,
  processId: string,
  partitionName: string,
  { atlas, now }: StepContext,
): Promise<PartitionFacts> {
  const to = Date.parse(now);
  const window = { at: to, from: to - FRESH, to };
  const { measurements = [] } = await atlas.monitoring.getProcessDiskMeasurements({
    groupId,
    processId,
    partitionName,
    m: ['DISK_PARTITION_SPACE_FREE', 'DISK_PARTITION_SPACE_USED'],
    granularity: 'PT1M',
    start: isoTime(window.from),
    end: isoTime(window.to),
  });
  return {
    process: processId,
    partition: partitionName,
    free: nearestPoint(measurements, 'DISK_PARTITION_SPACE_FREE', window)?.value,
    used: nearestPoint(measurements, 'DISK_PARTITION_SPACE_USED', window)?.value,
  };
}

function answer(
  { count, spare }: DisksWith,
  target: ClusterRef,
  { partitions, room, needed }: { readonly partitions: number; readonly room: Room; readonly needed: Needed },
): StepAnswer {
  const atLeast = Math.ceil(needed.bytes * (1 + spare / 100));
  const evidence = {
    partitions,
    roomBytes: room.bytes,
    counted: count === 'total' ? 'free and used space' : 'free space',
    neededBytes: atLeast,
    neededFor: needed.of,
    tightest: room.tightest,
  };
  const name = clusterName(target);
  const what = spare > 0 ? `${needed.of}, and ${spare} % more,` : needed.of;
  const sizes = `room for ${gibibytes(room.bytes)} GiB; ${what} needs ${gibibytes(atLeast)} GiB`;
  return room.bytes >= atLeast
    ? { outcome: 'done', message: `${name} has ${sizes}.`, evidence }
    : { outcome: 'failed', message: `${name} has only ${sizes}.`, evidence };
}

function gibibytes(bytes: number): number {
  return Number((bytes / 1024 ** 3).toPrecision(3));
}
