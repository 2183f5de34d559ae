import type { CutoverIntent } from '../../core/jobs/cutover-record.ts';
import { isCutoverJob } from '../../core/jobs/job.ts';
import type { JobStore } from '../../core/jobs/store.ts';
import type { Table } from '../../core/jobs/table/table.ts';
import type { AtlasClient } from '../../core/atlas/client.ts';
import { deliveries } from './stage/deliveries.ts';
import { ANYWAY } from '../support/tables.ts';
import type { Mutant } from './stage/ground.ts';

/** A way to break Lifeboat, where that shows, and by which invariant. */
export interface Mutation {
  readonly says: string;
  readonly mutant: Mutant;
  readonly scenario: string;
  /** What brings it to light: a fault, at the effects of this name. Without one it shows by itself. */
  readonly fault?: { readonly name: string; readonly at: string };
  readonly breaks: string;
}

const withJobs = (change: (jobs: JobStore) => Partial<JobStore>): Mutant => ({
  context: (context) => ({ ...context, jobs: { ...context.jobs, ...change(context.jobs) } }),
});

const withAtlas = (change: (atlas: AtlasClient) => Partial<AtlasClient>): Mutant => ({
  context: (context) => ({ ...context, atlas: { ...context.atlas, ...change(context.atlas) } }),
});

/** Whatever is written, the intents are left out. */
const noIntents = withJobs((jobs) => ({
  save(job) {
    if (isCutoverJob(job)) {
      const { intent, ...cutover } = job.cutover;
      return jobs.save(intent === undefined ? job : { ...job, cutover });
    }
    const { restoreIntent, ...rest } = { restoreIntent: undefined, ...job };
    return jobs.save(restoreIntent === undefined ? job : (rest as typeof job));
  },
}));

/** The third look at a migration is taken for every later one. */
const noFreshLook = withAtlas(({ liveMigrations }) => {
  const looks: ReturnType<typeof liveMigrations.getGroupLiveMigration>[] = [];
  return {
    liveMigrations: {
      ...liveMigrations,
      getGroupLiveMigration(params) {
        if (looks.length < READY_LOOKS) looks.push(liveMigrations.getGroupLiveMigration(params));
        return looks.at(-1) ?? liveMigrations.getGroupLiveMigration(params);
      },
    },
  };
});
const READY_LOOKS = 4;

/** Where it is not known what became of a cutover, the steps that let writes go on are told that it was never asked for. */
const resumesAnyway = withJobs((jobs) => {
  const intents = new Map<string, CutoverIntent>();
  return {
    async get(jobId) {
      const job = await jobs.get(jobId);
      if (!isCutoverJob(job) || deliveries.getStore()?.task !== 'RunResumeSteps') return job;
      const { intent, ...cutover } = job.cutover;
      if (intent !== undefined) intents.set(jobId, intent);
      return { ...job, cutover };
    },
    save(job) {
      const intent = intents.get(job.jobId);
      if (!isCutoverJob(job) || intent === undefined) return jobs.save(job);
      return jobs.save({ ...job, cutover: { ...job.cutover, intent } });
    },
  };
});

/** Writes that are made whatever is there. */
const unconditional = (of: RegExp): Mutant => ({
  table: (table: Table) => ({
    ...table,
    putItem: (item, condition) => table.putItem(item, of.test(item.sk) ? ANYWAY : condition),
  }),
});

const APPEND = 'append';

/** What the harness must notice; each of these broke something once, or could. */
export const MUTATIONS: readonly Mutation[] = [
  {
    says: 'the intent to restore is not written down',
    mutant: noIntents,
    scenario: 'drill',
    fault: { name: 'killed-after', at: 'createBackupRestoreJob' },
    breaks: 'one-restore-for-a-job',
  },
  {
    says: 'the intent to cut over is not written down',
    mutant: noIntents,
    scenario: 'cutover',
    fault: { name: 'killed-after', at: 'cutoverMigration' },
    breaks: 'one-cutover-for-a-migration',
  },
  {
    says: 'the lease is not given back',
    mutant: withJobs(() => ({ giveBackLease: () => Promise.resolve() })),
    scenario: 'drill',
    breaks: 'leases-given-back',
  },
  {
    says: 'milestones are written each time',
    mutant: withJobs((jobs) => ({
      append(jobId, { once, ...event }) {
        return jobs.append(jobId, once === undefined ? event : { ...event });
      },
    })),
    scenario: 'drill',
    fault: { name: 'killed-after', at: APPEND },
    breaks: 'milestones-once-in-order',
  },
  {
    says: 'a record is written whatever its version',
    mutant: unconditional(/^JOB$/),
    scenario: 'drill',
    fault: { name: 'delivered-at-once', at: 'save' },
    breaks: 'one-restore-for-a-job',
  },
  {
    says: 'an event is written where another stands',
    mutant: unconditional(/^EVENT#/),
    scenario: 'cutover',
    fault: { name: 'delivered-at-once', at: APPEND },
    breaks: 'acknowledged-events-stay',
  },
  {
    says: 'the lag is not read again before the cutover',
    mutant: noFreshLook,
    scenario: 'cutover',
    breaks: 'lag-read-just-before',
  },
  {
    says: 'writes go to the source again although nobody knows what became of the cutover',
    mutant: resumesAnyway,
    scenario: 'cutover that nobody can look at',
    breaks: 'no-writes-to-a-source-cut-over',
  },
];
