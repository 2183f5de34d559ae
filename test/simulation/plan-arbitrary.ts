import fc from 'fast-check';
import {
  SPOTS,
  TROUBLES,
  type AtlasPlan,
  type JobPlan,
  type Mishap,
  type OutcomePlan,
  type Spot,
  type WorldPlan,
} from './plan.ts';

const STEPS = [
  'ready webhook',
  'before webhook',
  'after change',
  'cleanup webhook',
  'verify measurements',
] as const;

const LOST = ['reply lost', 'request late', 'server error after the effect'] as const;

/** What can go wrong at a spot: whatever can happen to a process, and what can to such an effect. */
const TROUBLES_AT: Readonly<Record<Spot, readonly Mishap['trouble'][]>> = {
  store: [...TROUBLES.store, ...TROUBLES.process],
  write: [...TROUBLES.store, ...TROUBLES.process],
  'after a change': [...TROUBLES.store, ...TROUBLES.process],
  atlas: [...TROUBLES.atlas, ...TROUBLES.process],
  // What becomes of a change whose answer is lost is what most of the care is for.
  change: [...LOST, ...LOST, ...TROUBLES.atlas, ...TROUBLES.process],
  post: [...TROUBLES.post, ...TROUBLES.process],
  task: TROUBLES.task,
};

/** Effects of a job that are worth meeting: how many there are of each, about. */
const REACH: Readonly<Record<Spot, number>> = {
  store: 160,
  write: 60,
  'after a change': 8,
  atlas: 40,
  change: 3,
  post: 4,
  task: 25,
};

/** What happens once: a process dies, or is held up for longer than any of its limits. */
const ONCE: readonly Mishap['trouble'][] = ['dies before', 'dies after', 'stalls'];

/**
 * The most seconds that make sense: a clock steps by less than the margin that a lost request is waited for, the SDK gives a
 * request up, and a request is on its way no longer than the client lets it.
 */
const LONGEST: Readonly<Partial<Record<Mishap['trouble'], number>>> = {
  'clock steps': 45,
  'store slow': 5,
  'store write late': 3,
  'atlas slow': 150,
  'request late': 110,
};

const mishap: fc.Arbitrary<Mishap> = fc
  .constantFrom(...SPOTS, 'change' as const, 'after a change' as const)
  .chain((at) =>
    fc.record({
      at: fc.constant(at),
      nth: fc.integer({ min: 1, max: REACH[at] }),
      times: fc.oneof(
        { weight: 4, arbitrary: fc.constant(1) },
        { weight: 1, arbitrary: fc.integer({ min: 2, max: 12 }) },
      ),
      trouble: fc.constantFrom(...TROUBLES_AT[at]),
      seconds: fc.oneof(
        { weight: 3, arbitrary: fc.integer({ min: 0, max: 150 }) },
        { weight: 1, arbitrary: fc.integer({ min: 150, max: 2400 }) },
      ),
    }),
  )
  .map((one) => ({
    ...one,
    times: ONCE.includes(one.trouble) ? 1 : one.times,
    seconds: one.seconds % ((LONGEST[one.trouble] ?? Infinity) + 1),
  }));

function maybe<T>(arbitrary: fc.Arbitrary<T>, oneIn: number): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: oneIn - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}

const job: fc.Arbitrary<JobPlan> = fc
  .record({
    kind: fc.oneof(
      { weight: 4, arbitrary: fc.constant('drill' as const) },
      { weight: 3, arbitrary: fc.constant('restore' as const) },
      { weight: 1, arbitrary: fc.constant('download' as const) },
      { weight: 3, arbitrary: fc.constant('cutover' as const) },
      { weight: 1, arbitrary: fc.constant('pipeline' as const) },
      { weight: 1, arbitrary: fc.constant('campaign' as const) },
    ),
    startsAfter: fc.integer({ min: 0, max: 900 }),
    source: fc.integer({ min: 0, max: 1 }),
    target: fc.integer({ min: 0, max: 1 }),
    flex: fc.oneof(fc.constant(false), fc.constant(false), fc.boolean()),
    point: fc.constantFrom(
      'latest' as const,
      'latest' as const,
      'random' as const,
      'fresh' as const,
      'pointInTime' as const,
    ),
    steps: fc.uniqueArray(fc.constantFrom(...STEPS), { maxLength: 3 }),
    approval: maybe(
      fc.record({
        within: fc.integer({ min: 600, max: 7200 }),
        answer: fc.oneof(
          { weight: 5, arbitrary: fc.constant('approve' as const) },
          {
            weight: 3,
            arbitrary: fc.constantFrom(
              'reject' as const,
              'nothing' as const,
              'approve another plan' as const,
              'approve it themselves' as const,
            ),
          },
        ),
        after: fc.integer({ min: 1, max: 3600 }),
      }),
      4,
    ),
    restoreLimit: maybe(fc.integer({ min: 60, max: 900 }), 8),
    jobLimit: maybe(fc.integer({ min: 60, max: 3600 }), 8),
    cancelAfter: maybe(fc.integer({ min: 0, max: 1200 }), 6),
    onCancel: fc.constantFrom('follow' as const, 'leave' as const),
    secondProcessAfter: maybe(fc.integer({ min: 0, max: 600 }), 6),
    resumeAfter: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 60, max: 3600 })),
    mishaps: fc.array(mishap, { maxLength: 5 }),
  })
  .map(sensible);

/** What cannot be asked for is asked for otherwise, so that no job is refused for its runbook alone. */
function sensible({
  approval,
  restoreLimit,
  jobLimit,
  cancelAfter,
  secondProcessAfter,
  ...plan
}: {
  [Key in keyof Required<JobPlan>]: JobPlan[Key] | undefined;
} & Omit<
  Required<JobPlan>,
  'approval' | 'restoreLimit' | 'jobLimit' | 'cancelAfter' | 'secondProcessAfter'
>): JobPlan {
  const isFlex = plan.flex && (plan.kind === 'drill' || plan.kind === 'restore');
  const point =
    isFlex || plan.kind === 'download' ? (plan.point === 'random' ? 'random' : 'latest') : plan.point;
  // Atlas takes no fresh snapshots for a campaign's drills at the same point in time.
  const asks =
    approval ??
    (plan.kind === 'cutover' ? { within: 3600, answer: 'approve' as const, after: 60 } : undefined);
  return {
    ...plan,
    // The drills of a campaign are begun by its own clock, which Atlas's is compared with.
    mishaps: plan.mishaps.filter(({ trouble }) => plan.kind !== 'campaign' || trouble !== 'clock steps'),
    flex: isFlex,
    point: plan.kind === 'campaign' && point === 'pointInTime' ? 'latest' : point,
    ...(asks !== undefined && { approval: asks }),
    ...(restoreLimit !== undefined && { restoreLimit }),
    ...(jobLimit !== undefined && { jobLimit }),
    ...(cancelAfter !== undefined && { cancelAfter }),
    ...(secondProcessAfter !== undefined && { secondProcessAfter }),
  };
}

const outcome: fc.Arbitrary<OutcomePlan> = fc.record({
  seconds: fc.oneof(fc.integer({ min: 30, max: 600 }), fc.integer({ min: 600, max: 5400 })),
  fails: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});

const atlas: fc.Arbitrary<AtlasPlan> = fc.record({
  restores: fc.tuple(outcome, outcome, outcome),
  snapshots: outcome,
  migrations: fc.array(
    fc.record({
      readyAfter: fc.integer({ min: 0, max: 1800 }),
      cutoverSeconds: fc.integer({ min: 60, max: 900 }),
      fails: fc.oneof(
        { weight: 6, arbitrary: fc.constant('never' as const) },
        { weight: 1, arbitrary: fc.constantFrom('beforeReady' as const, 'afterCutover' as const) },
      ),
      lags: fc.array(
        fc.record({
          from: fc.integer({ min: 0, max: 5400 }),
          lag: fc.oneof(
            { weight: 3, arbitrary: fc.integer({ min: 0, max: 5 }) },
            { weight: 1, arbitrary: fc.integer({ min: 6, max: 60 }) },
            { weight: 1, arbitrary: fc.constant(null) },
          ),
        }),
        { maxLength: 4 },
      ),
    }),
    { minLength: 2, maxLength: 2 },
  ),
  run: fc.record({
    seconds: fc.integer({ min: 30, max: 1800 }),
    fails: fc.oneof(
      { weight: 5, arbitrary: fc.constant(false) },
      { weight: 1, arbitrary: fc.constant(true) },
    ),
    waits: fc.boolean(),
  }),
});

/** Worlds of up to so many jobs. */
export function worldPlans(mostJobs = 4): fc.Arbitrary<WorldPlan> {
  return fc.record({
    seed: fc.nat(),
    atlas,
    jobs: fc.array(job, { minLength: 1, maxLength: mostJobs }),
  });
}
