import { isoTime } from '../../core/clock.ts';
import type { Job } from '../../core/jobs/job.ts';
import type { TimelineEvent } from '../../core/jobs/timeline.ts';
import type { Report } from '../../core/report/report.ts';
import type { ClusterKey } from '../../simulator/world.ts';
import type { PracticeAtlas } from '../../simulator/practice-atlas.ts';
import type { AtlasWitness, Witness } from '../invariants/witness.ts';
import { stepMessages } from '../support/step-messages.ts';
import type { MemoryTable } from '../support/memory-table.ts';

/** What was noted while a world was played. */
export interface Notes extends Pick<AtlasWitness, 'requests' | 'looks' | 'cutovers'> {
  readonly acknowledged: readonly TimelineEvent[];
  readonly reports: ReadonlyMap<string, Report>;
  readonly secrets: readonly string[];
}

/** What can be seen once a world was played: read from the table itself and from Atlas itself. */
export function witnessOf(now: number, table: MemoryTable, atlas: PracticeAtlas, notes: Notes): Witness {
  const items = table.items();
  const documents = <T>(sortKey: string) =>
    items
      .filter(({ pk, sk }) => pk.startsWith('JOB#') && sk.startsWith(sortKey))
      .map(({ document }) => JSON.parse(String(document)) as T);
  const events = documents<TimelineEvent>('EVENT#').sort((one, other) => one.sequence - other.sequence);
  return {
    at: isoTime(now),
    jobs: documents<Job>('JOB'),
    timelineOf: (jobId) => events.filter((event) => event.jobId === jobId),
    acknowledgedOf: (jobId) => notes.acknowledged.filter((event) => event.jobId === jobId),
    leases: items
      .filter(({ pk, givenBack }) => pk.startsWith('LEASE#') && givenBack === undefined)
      .map((item) => ({
        target: String(item.target),
        owner: String(item.owner),
        expiresAt: String(item.expiresAt),
      })),
    atlas: atlasWitness(now, atlas, notes),
    reportOf: (jobId) => notes.reports.get(jobId),
    secrets: notes.secrets,
  };
}

function atlasWitness(now: number, atlas: PracticeAtlas, notes: Notes): AtlasWitness {
  const { world } = atlas;
  const statuses = new Map(atlas.restoreJobs().map(({ id, status }) => [id, status]));
  const { requests, looks, cutovers } = notes;
  return {
    requests,
    looks,
    cutovers,
    restores: world.restoreJobs.map((restore) => ({
      id: restore.id,
      source: nameOf(restore.source),
      ...(restore.target !== undefined && { target: nameOf(restore.target) }),
      from: isoTime(restore.createdAt),
      until: isoTime(restore.cancelledAt ?? restore.endsAt),
      status: statuses.get(restore.id) ?? 'running',
    })),
    snapshots: world.snapshots
      .filter(({ type, requestedAt }) => type === 'onDemand' && requestedAt >= world.createdAt)
      .map(({ id, description = '', ...key }) => ({ id, cluster: nameOf(key), description })),
    messages: stepMessages(atlas.inbox()),
  };
}

function nameOf({ project, cluster }: ClusterKey): string {
  return `${project}/${cluster}`;
}
