import { expect, it, onTestFinished } from 'vitest';
import { TASKS } from '../../core/tasks/tasks.ts';
import { outboundWith } from '../../local/outbound.ts';
import { twice, twiceAtOnce } from '../faults/deliveries.ts';
import { startReceiver, type Receiver } from '../support/receiver.ts';
import { openRehearsal, runbookText } from '../support/rehearsal.ts';

type Reactions = Parameters<typeof startReceiver>[0];

/** Runs a drill whose data is handed over by a webhook, over real HTTP. */
async function drill(react: Reactions, deliver?: typeof twice, changes = '') {
  const receiver = await startReceiver(react);
  const at = await openRehearsal();
  onTestFinished(() => at.close());
  const step = `{ name: hand over, use: webhook, with: { url: "${receiver.baseUrl}/hush" }${changes} }`;
  const { jobId } = await at.start(runbookText({ after: `[${step}]` }));
  const tasks =
    deliver && Object.fromEntries(Object.entries(TASKS).map(([name, task]) => [name, deliver(task)]));
  const context = { ...at.context, outbound: outboundWith({}) };
  const job = await at.run(jobId, { context, ...(tasks && { tasks }) });
  return { job, receiver, kept: JSON.stringify([job.steps, await at.jobs.timeline(jobId)]) };
}

function deliveries({ posts }: Receiver): Set<unknown> {
  return new Set(posts.map(({ headers }) => headers['lifeboat-delivery']));
}

it.each([
  ['once', undefined],
  ['twice', twice],
  ['twice at the same time', twiceAtOnce],
])('a webhook is posted once by a task that is delivered %s', async (_, deliver) => {
  const { job, receiver, kept } = await drill(undefined, deliver);
  expect(job.status).toBe('SUCCEEDED');
  expect(job.steps['after/hand over']).toMatchObject({ status: 'done', evidence: { status: 200 } });
  expect(receiver.posts).toHaveLength(1);
  expect(kept).not.toMatch(/hush|nobody/);
});

it('is repeated for as long as the step has time, under one name, and fails it then', async () => {
  const { job, receiver } = await drill(
    (nth) => (nth % 2 === 0 ? 503 : 'reset'),
    undefined,
    ', timeout: 100s',
  );
  expect(job).toMatchObject({ status: 'FAILED', failure: { name: 'StepTimeoutError' } });
  expect(job.failure?.next).not.toContain('in Atlas');
  expect(receiver.posts).toHaveLength(11);
  expect(deliveries(receiver)).toEqual(new Set([`${job.jobId}/after/hand over`]));
  // Whether it was carried out is not known, and the record says so.
  expect(job.steps['after/hand over']).toMatchObject({ status: 'failed', timedOut: true });
});

it('fails the job with an answer that is final, or only warns where the runbook says so', async () => {
  const stopped = await drill(() => 409);
  expect(stopped.job).toMatchObject({ status: 'FAILED', failure: { name: 'StepFailedError' } });
  expect(stopped.job.failure?.message).toContain('answered with status 409');
  const warned = await drill(() => 409, undefined, ', onFailure: warn');
  expect(warned.job.status).toBe('SUCCEEDED');
  expect(warned.receiver.posts).toHaveLength(1);
});
