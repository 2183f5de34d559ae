import { expect, it, onTestFinished } from 'vitest';
import { writesStoppedAt } from '../../../core/jobs/write-stop.ts';
import { anyTask, GO } from '../../../core/tasks/define-task.ts';
import { asCutover, nightText, nightWorld } from '../../support/cutovers.ts';
import { openRehearsal } from '../../support/rehearsal.ts';

const MAX_WRITE_STOP = 600;

/** How many posts a task makes so many seconds into the write stop of a night whose limit is ten minutes. */
async function postsAfter(seconds: number): Promise<number> {
  const at = await openRehearsal({ world: nightWorld() });
  onTestFinished(() => at.close());
  const notify = '[{ webhook: { url: https://ops.example.com/hook }, on: [objectiveAtRisk] }]';
  const { jobId } = await at.start(nightText({ maxWriteStop: '10m', notify }));
  const job = asCutover(await at.jobs.get(jobId));
  const now = new Date(at.clock.now()).toISOString();
  const stop = { use: 'webhook', status: 'done', startedAt: now, sentAt: now, endedAt: now } as const;
  const stopped = await at.jobs.save({
    ...job,
    status: 'RUNNING',
    startedAt: now,
    steps: { 'stopWrites/stop': stop },
    cutover: { ...job.cutover, writesStoppedAt: now },
  });
  expect(writesStoppedAt(stopped)).toBe(now);
  at.clock.advance(seconds);
  let posts = 0;
  const outbound = {
    ...at.context.outbound,
    post: () => {
      posts += 1;
      return Promise.resolve({ status: 200, text: '' });
    },
  };
  await anyTask(() => Promise.resolve(GO))({ jobId }, { ...at.context, outbound });
  return posts;
}

it('tells nobody while writes are stopped and nothing is at risk: a slow receiver would lengthen the write stop', async () => {
  expect(await postsAfter(0.8 * MAX_WRITE_STOP - 1)).toBe(0);
});

it('tells that the write stop is about to be missed, while more than the time that telling takes is left', async () => {
  expect(await postsAfter(0.8 * MAX_WRITE_STOP)).toBe(1);
  expect(await postsAfter(MAX_WRITE_STOP - 21)).toBe(1);
});

it('tells nobody in the last twenty seconds: they belong to the cutover', async () => {
  expect(await postsAfter(MAX_WRITE_STOP - 20)).toBe(0);
});
