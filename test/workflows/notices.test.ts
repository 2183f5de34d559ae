import { describe, expect, it, onTestFinished } from 'vitest';
import { cancelJob } from '../../core/commands/cancel-job.ts';
import { decideJob } from '../../core/commands/decide-job.ts';
import { openRequest } from '../../core/jobs/approvals/open-request.ts';
import type { Job } from '../../core/jobs/job.ts';
import type { JobEvent } from '../../core/notify/message.ts';
import { TASKS } from '../../core/tasks/tasks.ts';
import type { Task } from '../../core/tasks/context.ts';
import { outboundWith } from '../../local/outbound.ts';
import { twice, twiceAtOnce } from '../faults/deliveries.ts';
import { documentedCheck, startReceiver, type Posted, type Receiver } from '../support/receiver.ts';
import { openRehearsal, runbookText, type Rehearsal } from '../support/rehearsal.ts';

const SECRETS = { HOOK_KEY: 'hush-key' };
const isFromLifeboat = await documentedCheck();

interface Ran {
  readonly at: Rehearsal;
  readonly job: Job;
  /** Types of the events about messages, in order. */
  readonly noted: readonly string[];
  /** Everything that is kept of the job, as text. */
  readonly kept: string;
}

interface Running {
  readonly notify: string;
  readonly env?: Record<string, string>;
  readonly parts?: Record<string, string>;
  readonly faults?: unknown;
  readonly deliver?: (task: Task) => Task;
  readonly prepare?: (at: Rehearsal, jobId: string) => void;
}

/** Runs a drill that tells people, over real HTTP. */
async function run({ notify, env = SECRETS, parts, faults, deliver, prepare }: Running): Promise<Ran> {
  const at = await openRehearsal({ faults });
  onTestFinished(() => at.close());
  const { jobId } = await at.start(runbookText({ notify, ...parts }));
  prepare?.(at, jobId);
  const context = { ...at.context, outbound: outboundWith(env) };
  const tasks =
    deliver && Object.fromEntries(Object.entries(TASKS).map(([name, task]) => [name, deliver(task)]));
  const job = await at.run(jobId, { context, ...(tasks && { tasks }) });
  const timeline = await at.jobs.timeline(jobId);
  const noted = timeline.map(({ type }) => type).filter((type) => type.startsWith('notice-'));
  return { at, job, noted, kept: JSON.stringify([job, timeline, at.reports]) };
}

function webhookTo({ baseUrl }: Receiver, more = ''): string {
  return `[{ webhook: { url: "${baseUrl}/hook", signingSecret: HOOK_KEY }${more} }]`;
}

function eventOf({ body }: Posted): JobEvent {
  return JSON.parse(body) as JobEvent;
}

function lastOf({ posts }: Receiver): JobEvent | undefined {
  return posts.map(eventOf).at(-1);
}

function namesOf({ posts }: Receiver): string[] {
  return posts.map((posted) => eventOf(posted).type.replace('lifeboat.job.', ''));
}

function deliveriesOf({ posts }: Receiver): unknown[] {
  return posts.map(({ headers }) => headers['lifeboat-delivery']);
}

/** Says yes to what the job asks, as the person whom its runbook names. */
async function approve({ jobs, clock }: Rehearsal, jobId: string): Promise<void> {
  const open = openRequest(await jobs.get(jobId));
  const plan = open?.request.plan.hash ?? '';
  const by = { type: 'cli', who: 'anna' } as const;
  await decideJob(jobId, { decision: 'approve', by, reason: 'looked at it', plan }, jobs, clock);
}

describe('people are told', () => {
  it('that a drill began and how it ended, in order and signed', async () => {
    const receiver = await startReceiver();
    const { job, noted, at, kept } = await run({ notify: webhookTo(receiver) });
    expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
    expect(namesOf(receiver)).toEqual(['started', 'succeeded']);
    expect(deliveriesOf(receiver)).toEqual([`${job.jobId}/started@1`, `${job.jobId}/succeeded@1`]);
    for (const { headers, body } of receiver.posts) {
      const signature = headers['lifeboat-signature'] as string;
      const now = Date.parse((JSON.parse(body) as JobEvent).at) / 1000;
      expect(isFromLifeboat(signature, body, 'hush-key', now)).toBe(true);
    }
    expect(lastOf(receiver)).toMatchObject({
      job: { id: job.jobId, status: 'SUCCEEDED', verdict: 'passed', simulated: false },
      objectives: { rto: { objectiveSeconds: 3600, achievedSeconds: job.rtoSeconds, met: true } },
      report: `memory:${job.jobId}`,
    });
    expect(noted).toEqual(['notice-sent', 'notice-sent']);
    // What is kept says that it was sent, and the report says it too: it is written last.
    expect(job.notices).toMatchObject({ 'started@1': { outcome: 'sent', attempts: 1 } });
    expect(at.reports.at(-1)?.events.at(-1)?.type).toBe('notice-sent');
    expect(kept).not.toContain('hush');
  });

  it('only of what a channel is for, and in Slack as a text', async () => {
    const receiver = await startReceiver();
    const env = { SLACK: `${receiver.baseUrl}/services/hush` };
    const { kept, job } = await run({
      notify: '[{ slack: { urlSecret: SLACK }, on: [succeeded, failed] }]',
      env,
    });
    expect(receiver.posts).toHaveLength(1);
    const { text } = JSON.parse(receiver.posts[0]?.body ?? '{}') as { text: string };
    expect(text).toMatch(/^\*Drill passed: orders was restored onto orders-drill/);
    expect(text).toContain(`lifeboat jobs show ${job.jobId}`);
    expect(Object.keys(JSON.parse(receiver.posts[0]?.body ?? '{}') as object)).toEqual(['text']);
    expect(kept).not.toContain('hush');
  });

  it('that a drill failed, or missed an objective', async () => {
    const receiver = await startReceiver();
    const refused = await run({
      notify: webhookTo(receiver),
      faults: [{ operation: 'createBackupRestoreJob', status: 400 }],
    });
    expect(refused.job.status).toBe('FAILED');
    expect(namesOf(receiver)).toEqual(['started', 'failed']);
    expect(lastOf(receiver)?.failure).toMatchObject({ name: refused.job.failure?.name });

    const slow = await startReceiver();
    const missed = await run({ notify: webhookTo(slow), parts: { objectives: '{ rto: 60s, rpo: 1s }' } });
    expect(missed.job).toMatchObject({ status: 'SUCCEEDED', verdict: 'failed' });
    const names = namesOf(slow);
    expect(names[0]).toBe('started');
    expect(names.at(-1)).toBe('failed');
    expect(names.filter((name) => name === 'objectiveAtRisk')).toHaveLength(2);
    const risks = slow.posts.map((posted) => eventOf(posted).risk?.objective).filter(Boolean);
    expect(risks.sort()).toEqual(['rpo', 'rto']);
  });

  it('that somebody cancelled it', async () => {
    const receiver = await startReceiver();
    const { job } = await run({
      notify: webhookTo(receiver),
      prepare: (at, jobId) => {
        at.when('recovery-point-chosen', async () => {
          await cancelJob(jobId, { by: 'tester', reason: 'wrong night' }, at.jobs, at.clock);
        });
      },
    });
    expect(job.status).toBe('CANCELLED');
    expect(namesOf(receiver)).toEqual(['started', 'cancelled']);
  });
});

describe('an approval that is wanted', () => {
  const approval = '{ from: [anna], within: 1h }';

  it('is told with the plan and the commands, and no more once it is given', async () => {
    const receiver = await startReceiver();
    const { job } = await run({
      notify: webhookTo(receiver),
      parts: { approval },
      prepare: (at, jobId) => {
        // The first message is that it began.
        at.when('notice-sent', () => {
          at.when('notice-sent', () => approve(at, jobId));
          return Promise.resolve();
        });
      },
    });
    expect(job.status).toBe('SUCCEEDED');
    expect(namesOf(receiver)).toEqual(['started', 'approvalWanted', 'succeeded']);
    const [, asked] = receiver.posts.map(eventOf);
    const { hash = '' } = job.approvals.job?.plan ?? {};
    expect(asked?.approval).toMatchObject({
      gate: 'job',
      request: 1,
      erases: '5e2f1c0a9d3b7a4c8e6f0a02/orders-drill',
      plan: hash,
      from: ['anna'],
      approve: `lifeboat jobs approve ${job.jobId} --reason TEXT --plan ${hash.slice(0, 12)}`,
    });
    expect(asked?.approval?.recoveryPoint?.ageSeconds).toBeGreaterThan(0);
  });

  it('that does not arrive is told again while people are waited for', async () => {
    const receiver = await startReceiver((nth) => (nth === 0 ? 503 : 200));
    const { job, noted } = await run({
      notify: webhookTo(receiver, ', on: [approvalWanted]'),
      parts: { approval },
      prepare: (at, jobId) => {
        at.when('notice-sent', () => approve(at, jobId));
      },
    });
    expect(job.status).toBe('SUCCEEDED');
    expect(receiver.posts).toHaveLength(2);
    expect(noted).toEqual(['notice-failed', 'notice-sent']);
  });
});

describe('a receiver that fails', () => {
  it.each([500, 429, 'reset'] as const)(
    'with %s is tried again, with the same delivery',
    async (reaction) => {
      const receiver = await startReceiver((nth) => (nth < 2 ? reaction : 200));
      const { job, noted } = await run({ notify: webhookTo(receiver, ', on: [succeeded]') });
      expect(job.status).toBe('SUCCEEDED');
      expect(namesOf(receiver)).toEqual(['succeeded', 'succeeded', 'succeeded']);
      expect(new Set(deliveriesOf(receiver)).size).toBe(1);
      expect(noted).toEqual(['notice-failed', 'notice-sent']);
      expect(job.notices['succeeded@1']).toMatchObject({ attempts: 3, outcome: 'sent' });
    },
  );

  it('for good is given up after five attempts, and the job passes all the same', async () => {
    const receiver = await startReceiver(() => 503);
    const { job, noted, at } = await run({ notify: webhookTo(receiver, ', on: [succeeded]') });
    expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
    expect(receiver.posts).toHaveLength(5);
    expect(noted).toEqual(['notice-failed', 'notice-given-up']);
    expect(at.clock.sleeps.slice(-4)).toEqual([5, 20, 60, 60]);
    expect(at.reports.at(-1)?.events.map(({ type }) => type)).toContain('notice-given-up');
  });

  it('with an answer that is final is not tried again', async () => {
    const receiver = await startReceiver(() => 410);
    const { job, noted } = await run({ notify: webhookTo(receiver) });
    expect(job.status).toBe('SUCCEEDED');
    expect(namesOf(receiver)).toEqual(['started', 'succeeded']);
    expect(noted).toEqual(['notice-given-up', 'notice-given-up']);
  });

  it('keeps no other channel from its messages', async () => {
    const broken = await startReceiver(() => 'reset');
    const sound = await startReceiver();
    const notify = `${webhookTo(broken).slice(0, -1)}, ${webhookTo(sound).slice(1)}`;
    const { job } = await run({ notify });
    expect(job.status).toBe('SUCCEEDED');
    expect(namesOf(sound)).toEqual(['started', 'succeeded']);
    expect(new Set(deliveriesOf(sound))).toEqual(
      new Set([`${job.jobId}/started@2`, `${job.jobId}/succeeded@2`]),
    );
  });

  it('cannot be reached at all without its secret, whose name is told', async () => {
    const { job, noted, kept } = await run({ notify: '[{ slack: { urlSecret: NOT_SET } }]', env: {} });
    expect(job.status).toBe('SUCCEEDED');
    expect(noted).toEqual(['notice-given-up', 'notice-given-up']);
    expect(kept).toContain('NOT_SET is not set');
  });
});

describe('tasks that are delivered twice', () => {
  it.each([
    ['one after the other', twice],
    ['at the same time', twiceAtOnce],
  ])('%s send each message once', async (_, deliver) => {
    const receiver = await startReceiver();
    const { job } = await run({ notify: webhookTo(receiver), deliver });
    expect(job.status).toBe('SUCCEEDED');
    expect(deliveriesOf(receiver)).toEqual([`${job.jobId}/started@1`, `${job.jobId}/succeeded@1`]);
  });
});
