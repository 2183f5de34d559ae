import { readFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { writeStopSeconds } from '../../core/jobs/write-stop.ts';
import { approveAll, asCutover } from '../support/cutovers.ts';
import { openRehearsal } from '../support/rehearsal.ts';

const text = readFileSync(new URL('../../examples/migration-night.yaml', import.meta.url), 'utf8');

it('the migration night of the examples does what it says in the practice world', async () => {
  const at = await openRehearsal();
  onTestFinished(() => at.close());
  const { jobId } = await at.start(text);
  approveAll(at, jobId);
  const job = asCutover(await at.run(jobId));
  expect(job.failure).toBeUndefined();
  expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
  expect(at.simulator.changes().map(({ operation }) => operation)).toEqual([
    'cutoverMigration',
    'takeSnapshots',
    'createClusterFtsIndex',
    'createClusterFtsIndex',
  ]);
  expect(Object.entries(job.steps).map(([key, { status }]) => [key.split('/')[0], status])).toEqual([
    ['ready', 'done'],
    ['ready', 'done'],
    ['before', 'done'],
    ['stopWrites', 'done'],
    ['stopWrites', 'done'],
    ['verify', 'done'],
    ['verify', 'done'],
    ['verify', 'done'],
    ['switchWrites', 'done'],
    ['after', 'done'],
  ]);
  const meant = at.simulator.inbox().filter(({ body }) => body.includes('lifeboat.step'));
  expect(meant.map(({ meantFor }) => meantFor)).toEqual([
    'https://shop.example.com/hooks/writes',
    'https://shop.example.com/hooks/writes',
  ]);
  // It leaves time to spare: people read it as what their own night may look like.
  expect(writeStopSeconds(job)).toBeLessThan(15 * 60);
});
