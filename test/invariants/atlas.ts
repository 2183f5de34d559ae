import { isRestoreJob, type Job, type RestoreJob } from '../../core/jobs/job.ts';
import { clusterName } from '../../core/runbooks/cluster.ts';
import { ofEachJob, type Invariant } from './invariant.ts';
import type { AtlasWitness, Witness, WitnessedRestore } from './witness.ts';

const oneJobEach: Invariant = {
  name: 'one-restore-for-a-job',
  says: 'Atlas made at most one restore job for a job, and each restore job belongs to one job.',
  broken({ jobs, atlas, clocksWereWrong }) {
    const restoreJobs = jobs.filter(isRestoreJob);
    const ours = atlas.restores.filter(({ foreign }) => foreign !== true);
    // A job that could not find out what became of its request says so, and may have one that nobody has a claim to.
    const unsure = restoreJobs.filter(
      (job) => job.atlas.restoreJobId === undefined && job.failure?.unsure === true,
    );
    return ours.flatMap((restore) => {
      const claims = restoreJobs.filter((job) => job.atlas.restoreJobId === restore.id);
      if (claims.length === 1) return [];
      if (claims.length > 1)
        return [`${claims.map(({ jobId }) => jobId).join(' and ')}: both have restore job ${restore.id}`];
      const owner = unsure.findIndex((job) => mayHaveAsked(job, restore, clocksWereWrong));
      if (owner >= 0) unsure.splice(owner, 1);
      const likely = restoreJobs
        .filter((job) => mayHaveAsked(job, restore, clocksWereWrong))
        .map(({ jobId }) => jobId);
      return owner >= 0
        ? []
        : [
            `${likely.join(' or ') || 'no job'}: restore job ${restore.id} of ${restore.from} belongs to no record`,
          ];
    });
  },
};

function mayHaveAsked(
  { runbook, createdAt }: RestoreJob,
  restore: WitnessedRestore,
  clocksWereWrong = false,
): boolean {
  const target = runbook.target === undefined ? undefined : clusterName(runbook.target);
  const isAlike = clusterName(runbook.source) === restore.source && target === restore.target;
  return isAlike && (clocksWereWrong || createdAt <= restore.from);
}

const claimedAreThere = ofEachJob(
  'the-restore-is-there',
  'The restore job that a record names is one that Atlas made for the same source and target.',
  (job, { atlas, clocksWereWrong }) => {
    if (!isRestoreJob(job) || job.atlas.restoreJobId === undefined) return [];
    const { restoreJobId } = job.atlas;
    const restore = atlas.restores.find(({ id }) => id === restoreJobId);
    if (restore === undefined) return [`Atlas made no restore job ${restoreJobId}`];
    if (restore.foreign === true) return [`restore job ${restoreJobId} is somebody else's`];
    return mayHaveAsked(job, restore, clocksWereWrong)
      ? []
      : [`restore job ${restoreJobId} is of ${restore.source}`];
  },
);

const oneAtATime: Invariant = {
  name: 'one-restore-at-a-time',
  says: 'Atlas never worked on two restores of ours onto one target at once.',
  broken({ atlas: { restores } }) {
    const ours = restores.filter(({ target, foreign }) => target !== undefined && foreign !== true);
    return ours.flatMap((one, index) =>
      ours
        .slice(index + 1)
        .filter((other) => other.target === one.target && one.from < other.until && other.from < one.until)
        .map((other) => `${one.target ?? ''} was being restored by ${one.id} and ${other.id} at once`),
    );
  },
};

/** What a job asks of Atlas that can't be taken back. */
interface Ask {
  readonly job: Job;
  readonly what: 'restore' | 'cutover';
  readonly of: string;
}

const notAskedAgain: Invariant = {
  name: 'nothing-asked-again',
  says: 'Once Atlas has carried out a restore or a cutover for a job, that job asks for no other.',
  broken({ atlas: { requests }, jobs }) {
    const asks = jobs.flatMap((job): Ask[] => {
      if (isRestoreJob(job)) return [{ job, what: 'restore', of: clusterName(job.runbook.source) }];
      return job.kind === 'cutover' ? [{ job, what: 'cutover', of: job.runbook.migration }] : [];
    });
    return (
      asks
        // Of several jobs that ask for the same, nobody can tell whose a request is.
        .filter(({ what, of }) => asks.filter((other) => other.what === what && other.of === of).length === 1)
        .flatMap(({ job, what, of }) => {
          const sent = requests.filter((request) => request.what === what && request.of === of);
          const first = sent.findIndex(({ carriedOut }) => carriedOut);
          const again = first < 0 ? 0 : sent.length - 1 - first;
          return again === 0
            ? []
            : [`${job.jobId}: asked ${again} more time(s) for the ${what} that Atlas had begun`];
        })
    );
  },
};

const oneSnapshot = ofEachJob(
  'one-snapshot-for-a-job',
  'Atlas took at most one on-demand snapshot for a job, and the record names it.',
  (job, { atlas }: { readonly atlas: AtlasWitness }) => {
    const taken = atlas.snapshots.filter(({ description }) => description === `Lifeboat job ${job.jobId}`);
    if (taken.length > 1) return [`snapshots ${taken.map(({ id }) => id).join(', ')} were taken for it`];
    const [only] = taken;
    const { snapshotId } = job.atlas;
    const isKnown = only === undefined || snapshotId === only.id || job.status !== 'SUCCEEDED';
    return isKnown ? [] : [`it took snapshot ${only.id} and names ${snapshotId ?? 'none'}`];
  },
);

const oneTargetOneJob: Invariant = {
  name: 'one-job-works-on-a-target',
  says: 'A restore job in Atlas is there only for a job that runs, or that knew when it ended that Atlas goes on.',
  broken: ({ atlas: { restores }, jobs, clocksWereWrong }: Witness) =>
    restores.flatMap((restore) => {
      const job = jobs.find((one) => one.atlas.restoreJobId === restore.id);
      if (job === undefined || !isRestoreJob(job) || restore.target === undefined) return [];
      const { endedAt = restore.until, restoreGoesOn } = job;
      const isOver = clocksWereWrong === true ? restore.status !== 'running' : restore.until <= endedAt;
      return isOver || restoreGoesOn === true
        ? []
        : [
            `${job.jobId}: it ended at ${endedAt}, and Atlas overwrites ${restore.target} until ${restore.until}`,
          ];
    }),
};

/** What holds of restores and snapshots in Atlas. */
export const ATLAS_INVARIANTS: readonly Invariant[] = [
  oneJobEach,
  claimedAreThere,
  oneAtATime,
  notAskedAgain,
  oneSnapshot,
  oneTargetOneJob,
];
