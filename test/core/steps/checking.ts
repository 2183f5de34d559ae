import type { RestoreJob } from '../../../core/jobs/job.ts';
import { isoTime } from '../../../core/clock.ts';
import { newJob } from '../../../core/jobs/new-job.ts';
import type { StepAnswer, StepContext, StepWork } from '../../../core/steps/step.ts';
import type { WorldFile } from '../../../simulator/world-schema.ts';
import { openRehearsal, type Rehearsal, type RehearsalOptions } from '../../support/rehearsal.ts';
import { asRestore } from '../../support/restores.ts';
import { runbook } from '../runbooks/fixtures.ts';

export const PRODUCTION = '5e2f1c0a9d3b7a4c8e6f0a01';
export const DRILLS = '5e2f1c0a9d3b7a4c8e6f0a02';
export const ORGANIZATION = '5e2f1c0a9d3b7a4c8e6f0aff';

type Project = WorldFile['projects'][number];

/** A world of two projects: `orders` in the one, and in the other `orders-drill` to restore into. */
export function twoProjects(
  production: Partial<Project> = {},
  drills: Partial<Project> = {},
  more: Partial<WorldFile> = {},
): WorldFile {
  return {
    projects: [
      { id: PRODUCTION, name: 'production', clusters: [{ name: 'orders' }], ...production },
      { id: DRILLS, name: 'drills', clusters: [{ name: 'orders-drill' }], ...drills },
    ],
    ...more,
  };
}

/** What a step of a drill or a restore is given. */
export type RestoreStepContext = StepContext &
  Required<Pick<StepContext, 'source'>> & { readonly job: RestoreJob };

/** What a step is given in a job of this rehearsal; the job is made now, from `orders` to `orders-drill`. */
export function stepContext(
  { clock, atlas, context: { outbound } }: Rehearsal,
  changes: Partial<RestoreJob> = {},
  clusters: Partial<Pick<StepContext, 'source' | 'target'>> = {},
): RestoreStepContext {
  const now = isoTime(clock.now());
  const plan = runbook(clusters);
  const job = newJob({
    jobId: '01K2A0000000000000000000ZZ',
    runbook: plan,
    runbookText: '',
    policy: { protectedClusters: [] },
    startedBy: { type: 'cli', who: 'tester' },
    seed: 1,
    now,
  });
  const { source, target } = plan;
  return {
    job: { ...asRestore(job), ...changes },
    stage: 'ready',
    step: 'tried',
    atlas,
    outbound,
    now,
    startedAt: now,
    resent: false,
    source,
    ...(target !== undefined && { target }),
  };
}

/** Opens a rehearsal, hands it to the test and closes it; gives what the test gives. */
export async function withAtlas<T>(
  options: RehearsalOptions,
  test: (rehearsal: Rehearsal) => Promise<T>,
): Promise<T> {
  const rehearsal = await openRehearsal(options);
  try {
    return await test(rehearsal);
  } finally {
    await rehearsal.close();
  }
}

/** What a check answers. */
export async function answerOf<With>(
  work: StepWork<With>,
  settings: With,
  context: StepContext,
): Promise<StepAnswer> {
  if (work.look === undefined || work.send !== undefined)
    throw new Error('A check looks, and changes nothing.');
  return work.look(settings, context);
}

/** Parts of a job whose restore was asked for and has finished. */
export const RESTORED = {
  restoreIntent: {
    at: '2026-08-10T02:00:00.000Z',
    attempt: 1,
    delivery: 'automated',
    alreadyThere: [],
  },
  atlas: { restoreFinishedAt: '2026-08-10T02:30:00.000Z' },
} as const;
