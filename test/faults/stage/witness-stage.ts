import { isoTime, type Clock } from '../../../core/clock.ts';
import { leaseName } from '../../../core/jobs/lease-name.ts';
import { restoreJobStatus } from '../../../simulator/restore-jobs.ts';
import type { AtlasWitness, Witness } from '../../invariants/witness.ts';
import { stepMessages } from '../../support/step-messages.ts';
import type { Stage } from './stage.ts';

/** What a witness looks at. */
type Scene = Pick<
  Stage,
  'jobs' | 'acknowledged' | 'reports' | 'atlas' | 'requests' | 'cutovers' | 'looks' | 'secrets'
> & { readonly time: Pick<Clock, 'now'> };

/** What is known of the processes that were on a stage. */
export interface Troubles {
  /** One of them had another time than Atlas. */
  readonly clocksWereWrong: boolean;
  /** One of them was held up, and went on later. */
  readonly wentOnLate: boolean;
}

/** What a stage looks like once everything has ended. */
export async function witnessOf(stage: Scene, { clocksWereWrong, wentOnLate }: Troubles): Promise<Witness> {
  const page = await stage.jobs.list({ by: 'all' }, { limit: 200 });
  const jobs = await Promise.all(page.jobs.map(({ jobId }) => stage.jobs.get(jobId)));
  const timelines = new Map(
    await Promise.all(jobs.map(async ({ jobId }) => [jobId, await stage.jobs.timeline(jobId)] as const)),
  );
  const targets = [...new Set(jobs.map(leaseName).filter((name) => name !== undefined))];
  const leases = await Promise.all(targets.map((target) => stage.jobs.lease(target)));
  return {
    at: isoTime(stage.time.now()),
    ...(clocksWereWrong && { clocksWereWrong }),
    ...(wentOnLate && { wentOnLate }),
    jobs,
    timelineOf: (jobId) => timelines.get(jobId) ?? [],
    acknowledgedOf: (jobId) => stage.acknowledged.filter((event) => event.jobId === jobId),
    leases: leases.filter((lease) => lease !== undefined),
    atlas: atlasOf(stage),
    reportOf: (jobId) => stage.reports.get(jobId),
    secrets: stage.secrets,
  };
}

function atlasOf({ atlas, time, requests, cutovers, looks }: Scene): AtlasWitness {
  const { world } = atlas;
  const key = ({ project, cluster }: { readonly project: string; readonly cluster: string }) =>
    `${project}/${cluster}`;
  return {
    requests,
    cutovers,
    looks,
    messages: stepMessages(atlas.inbox()),
    restores: world.restoreJobs.map((job) => ({
      id: job.id,
      source: key(job.source),
      ...(job.target !== undefined && { target: key(job.target) }),
      from: isoTime(job.createdAt),
      until: isoTime(job.cancelledAt ?? job.endsAt),
      status: restoreJobStatus(job, time.now()),
    })),
    snapshots: world.snapshots
      .filter(({ type }) => type === 'onDemand')
      .map((one) => ({ id: one.id, cluster: key(one), description: one.description ?? '' })),
  };
}
