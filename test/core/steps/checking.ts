import type { RestoreJob } from '../../../core/jobs/job.ts';
import { isoTime } from '../../../core/clock.ts';
import { newJob } from '../../../core/jobs/new-job.ts';
import type { StepAnswer } from '../../../core/steps/protocol/step-answer.ts';
import type { StepContext } from '../../../core/steps/protocol/step-context.ts';
import type { StepKind, StepPlace } from '../../../core/steps/protocol/step-kind.ts';
import type { WorldFile } from '../../../simulator/world-schema.ts';
import { stepJobOf } from '../../../core/tasks/steps/step-job.ts';
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
export type RestoreStepContext = StepContext & Required<Pick<StepContext, 'source'>>;

/** A drill of this rehearsal that is made now, from `orders` to `orders-drill`. */
export function drillJob(
  { clock }: Rehearsal,
  changes: Partial<RestoreJob> = {},
  clusters: Partial<Pick<StepContext, 'source' | 'target'>> = {},
): RestoreJob {
  const job = newJob({
    jobId: '01K2A0000000000000000000ZZ',
    runbook: runbook(clusters),
    runbookText: '',
    policy: { protectedClusters: [] },
    startedBy: { type: 'cli', who: 'tester' },
    seed: 1,
    now: isoTime(clock.now()),
  });
  return { ...asRestore(job), ...changes };
}

/** What a step is given in {@link drillJob}. */
export function stepContext(
  rehearsal: Rehearsal,
  changes: Partial<RestoreJob> = {},
  clusters: Partial<Pick<StepContext, 'source' | 'target'>> = {},
): RestoreStepContext {
  const { clock, atlas, context } = rehearsal;
  const job = drillJob(rehearsal, changes, clusters);
  const { source, target } = job.runbook;
  const now = isoTime(clock.now());
  return {
    job: stepJobOf(job),
    stage: 'ready',
    step: 'tried',
    atlas,
    outbound: context.outbound,
    now,
    startedAt: now,
    resent: false,
    source,
    ...(target !== undefined && { target }),
  };
}

/** The name that a step that destroys must be confirmed with; undefined for one that does not. */
export function confirmedAs<With>(
  { destroys }: StepKind<With>,
  settings: With,
  place: StepPlace = {},
): string | undefined {
  return destroys === false ? undefined : destroys.name(settings, place);
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
  kind: StepKind<With>,
  settings: With,
  context: StepContext,
): Promise<StepAnswer> {
  if (kind.look === undefined || kind.send !== undefined)
    throw new Error('A check looks, and changes nothing.');
  return kind.look(settings, context);
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
