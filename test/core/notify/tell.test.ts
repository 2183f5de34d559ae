import fc from 'fast-check';
import { expect, it } from 'vitest';
import { JobConflictError } from '../../../core/jobs/errors.ts';
import type { Job, RestoreJob } from '../../../core/jobs/job.ts';
import type { NewEvent, TimelineEvent } from '../../../core/jobs/timeline.ts';
import { dueNotices } from '../../../core/notify/due.ts';
import { unrecordedNotices } from '../../../core/notify/notice-event.ts';
import { tell, type Telling } from '../../../core/notify/tell.ts';
import { OutboundError, type OutboundRequest } from '../../../core/outbound.ts';
import { manualClock, type ManualClock } from '../../support/manual-clock.ts';
import { drill, request } from './some-jobs.ts';

/** What a receiver does with a post: `lost` takes it and lets the answer get lost. */
type Reaction = 'take' | 'busy' | 'refuse' | 'silent' | 'lost';

interface Told {
  readonly telling: Telling;
  readonly clock: ManualClock;
  /** Deliveries that were taken, in order. */
  readonly taken: string[];
  readonly events: NewEvent[];
  readonly job: () => Job;
  readonly change: (changes: Partial<RestoreJob>) => void;
}

/** A history of one job, whose writes are conditional, and receivers that react as told. */
function telling(job: RestoreJob, reactions: readonly Reaction[]): Told {
  const clock = manualClock();
  const taken: string[] = [];
  const events: NewEvent[] = [];
  let current = job;
  let posts = 0;
  const jobs = {
    get: () => Promise.resolve<Job>(current),
    async save<One extends Job>(next: One): Promise<One> {
      await Promise.resolve();
      if (next.version !== current.version) throw new JobConflictError('somebody else was faster');
      const saved = { ...next, version: next.version + 1 };
      current = saved as RestoreJob;
      return saved;
    },
    append(jobId: string, event: NewEvent): Promise<TimelineEvent> {
      if (!events.some(({ once }) => once === event.once)) events.push(event);
      return Promise.resolve({ ...event, jobId, sequence: 1, previousHash: '', hash: '' });
    },
  };
  const outbound = {
    secret: () => Promise.resolve(undefined),
    async post({ headers }: OutboundRequest) {
      const reaction = reactions[posts++ % reactions.length] ?? 'take';
      await Promise.resolve();
      if (reaction === 'take' || reaction === 'lost') taken.push(headers['lifeboat-delivery'] ?? '');
      if (reaction === 'silent' || reaction === 'lost') throw new OutboundError('no answer');
      return { status: { take: 200, busy: 503, refuse: 403 }[reaction], text: '' };
    },
  };
  return {
    telling: { clock, jobs, outbound, reports: { place: () => 'memory' } },
    clock,
    taken,
    events,
    job: () => current,
    change(changes) {
      current = { ...current, ...changes, version: current.version + 1 };
    },
  };
}

const TWO_CHANNELS = `
  - { webhook: { url: https://one.example.com/hook } }
  - { slack: { urlSecret: NOT_SET }, on: [cancelled] }
  - { webhook: { url: https://two.example.com/hook }, on: [started, approvalWanted, objectiveAtRisk, succeeded, failed] }`;

/** What happens to a job between two tasks. */
const change: fc.Arbitrary<Partial<RestoreJob>> = fc.oneof(
  fc.constant({}),
  fc.integer({ min: 1, max: 3 }).map((number) => ({ approvals: { job: request({ number }) } })),
  fc.constantFrom<Partial<RestoreJob>>({ restoredAt: '2026-08-10T04:00:00.000Z' }),
);

const end = fc.constantFrom<Partial<RestoreJob>>(
  { status: 'SUCCEEDED', verdict: 'passed' },
  { status: 'SUCCEEDED', verdict: 'failed' },
  { status: 'FAILED', verdict: 'failed' },
  { status: 'CANCELLED', verdict: 'failed' },
);

const beat = fc.record({
  change,
  seconds: fc.integer({ min: 0, max: 1500 }),
  atOnce: fc.integer({ min: 1, max: 3 }),
});
const reactions = (...some: Reaction[]) =>
  fc.array(fc.constantFrom(...some), { minLength: 1, maxLength: 40 });

/** Plays a job with tasks that may be delivered several times at once, to its end and until nothing is left to tell. */
async function play(
  beats: readonly { change: Partial<RestoreJob>; seconds: number; atOnce: number }[],
  ending: Partial<RestoreJob>,
  how: readonly Reaction[],
): Promise<Told> {
  const told = telling(drill(TWO_CHANNELS), how);
  const deliver = (times: number) =>
    Promise.all(Array.from({ length: times }, () => tell(told.job().jobId, told.telling)));
  for (const { change: next, seconds, atOnce } of beats) {
    told.clock.advance(seconds);
    told.change(next);
    await deliver(atOnce);
  }
  told.change({ ...ending, endedAt: new Date(told.clock.now()).toISOString() });
  for (let round = 0; round < 60; round += 1) {
    const [left, other] = await deliver(2);
    if (left === undefined && other === undefined) return told;
    told.clock.advance(Math.max(left ?? 0, other ?? 0));
  }
  throw new Error('It never came to an end.');
}

it('sends nothing twice that arrived, and exactly one end to each channel, whatever happens in between', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(beat, { maxLength: 8 }),
      end,
      reactions('take', 'busy', 'silent', 'refuse'),
      async (beats, ending, how) => {
        const { taken, events, job } = await play(beats, ending, how);
        expect(new Set(taken).size).toBe(taken.length);
        const due = dueNotices(job(), '2026-09-10T00:00:00.000Z').map(({ id }) => id);
        const [last = ''] = due.slice(-1);
        const ends = Object.keys(job().notices).filter((key) => /^(succeeded|failed|cancelled)@/.test(key));
        expect(ends.sort()).toEqual(
          last === 'cancelled' ? ['cancelled@1', 'cancelled@2'] : [`${last}@1`, `${last}@3`],
        );
        for (const key of ends) expect(job().notices[key]?.outcome).toBeDefined();
        const told = events.filter(({ type }) => type !== 'notice-failed').map(({ once }) => once);
        expect(new Set(told).size).toBe(told.length);
      },
    ),
    { numRuns: 200 },
  );
});

it('makes no more than five attempts, and repeats what got lost under the same name', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(beat, { maxLength: 4 }),
      end,
      reactions('lost', 'silent', 'busy'),
      async (beats, ending, how) => {
        const { taken, job } = await play(beats, ending, how);
        const counts = new Map<string, number>();
        for (const delivery of taken) counts.set(delivery, (counts.get(delivery) ?? 0) + 1);
        expect(Math.max(0, ...counts.values())).toBeLessThanOrEqual(5);
        for (const { attempts, outcome } of Object.values(job().notices)) {
          expect(attempts).toBeLessThanOrEqual(5);
          if (attempts === 5) expect(outcome).toBe('given-up');
        }
      },
    ),
    { numRuns: 100 },
  );
});

it('leaves an attempt that somebody else has begun to them, until it can no longer be under way', async () => {
  const told = telling(drill(TWO_CHANNELS), ['take']);
  const triedAt = new Date(told.clock.now()).toISOString();
  told.change({ notices: { 'started@1': { attempts: 1, triedAt }, 'started@3': { attempts: 1, triedAt } } });
  expect(await tell(told.job().jobId, told.telling)).toBe(30);
  expect(told.taken).toEqual([]);
  told.clock.advance(30);
  expect(await tell(told.job().jobId, told.telling)).toBeUndefined();
  expect(told.taken).toHaveLength(2);
});

it('begins no attempt once ten seconds are over: the task that tells has a limit', async () => {
  const channel = (name: string) => `\n  - { webhook: { url: https://${name}.example.com/hook } }`;
  const slowly = async (seconds: number) => {
    const told = telling(drill(['one', 'two', 'three'].map(channel).join('')), ['take']);
    const post = told.telling.outbound.post.bind(told.telling.outbound);
    const outbound = {
      ...told.telling.outbound,
      post: async (request: OutboundRequest) => {
        told.clock.advance(seconds);
        return post(request);
      },
    };
    const again = await tell(told.job().jobId, { ...told.telling, outbound });
    return { taken: told.taken.length, again };
  };
  expect(await slowly(5)).toEqual({ taken: 3, again: undefined });
  expect(await slowly(5.001)).toEqual({ taken: 2, again: 1 });
});

it('names what the timeline does not know of: its process died between the two writes', async () => {
  const told = telling(drill(TWO_CHANNELS), ['take']);
  await tell(told.job().jobId, told.telling);
  const at = new Date(told.clock.now()).toISOString();
  const { jobId } = told.job();
  const recorded = told.events.map((event) => ({ ...event, jobId, sequence: 1, previousHash: '', hash: '' }));
  expect(recorded).not.toEqual([]);
  expect(unrecordedNotices(told.job(), recorded, at)).toEqual([]);
  expect(unrecordedNotices(told.job(), [], at)).toEqual(told.events.map((event) => ({ ...event, at })));
});
