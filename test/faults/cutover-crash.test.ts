import { expect, it } from 'vitest';
import { verifyChain } from '../../core/jobs/chain.ts';
import { openNight, type Night } from '../support/cutovers.ts';
import { doomed, type CrashPoint } from './crashing.ts';

const PARTS = {
  maxWriteStop: '2h',
  before: '[{ name: everybody is here, use: approval, with: { prompt: Everybody is in the call. } }]',
  verify: '[{ name: same contents, use: measurements, with: { tolerance: 1 } }]',
  after:
    '[{ name: search, use: search-index, with: { indexes: [{ database: shop, collectionName: orders, name: default, mappings: { dynamic: true } }] } }]',
};

const MILESTONES = [
  'job-started',
  'migration-ready',
  'writes-stopped',
  'cutover-accepted',
  'cutover-complete',
  'cutover-verified',
  'writes-switched',
  'snapshot-requested',
  'snapshot-completed',
  'job-succeeded',
];

/** What must hold once the job has ended, wherever its process died on the way. */
async function expectOneCutover(night: Night): Promise<void> {
  const { at, jobId } = night;
  const job = await at.jobs.get(jobId);
  expect(job.failure).toBeUndefined();
  expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
  expect(night.cutovers()).toBe(1);
  // The application was never told to write to the source again.
  expect(night.posted()).not.toContain('resume');
  expect(at.simulator.changes().filter(({ operation }) => operation === 'takeSnapshots')).toHaveLength(1);
  const timeline = await at.jobs.timeline(jobId);
  expect(verifyChain(timeline)).toMatchObject({ ok: true });
  const types = timeline.map(({ type }) => type);
  for (const milestone of MILESTONES) {
    expect(types.filter((type) => type === milestone)).toEqual([milestone]);
  }
}

async function open(): Promise<Night> {
  return openNight({
    parts: PARTS,
    keptOpen: true,
    world: {
      migration: { readyAfter: 30, cutoverSeconds: 20 },
      target: { onDemandSnapshots: { seconds: 20 } },
    },
  });
}

async function countChanges(): Promise<readonly string[]> {
  const night = await open();
  try {
    const living = doomed(night.at.context);
    await night.run({ context: living.context });
    await expectOneCutover(night);
    return living.changes;
  } finally {
    await night.at.close();
  }
}

async function crashAndResume(point: CrashPoint): Promise<void> {
  const night = await open();
  try {
    const process = doomed(night.at.context, point);
    await Promise.race([night.run({ context: process.context }), process.dead]);
    await night.run();
    await expectOneCutover(night);
  } finally {
    await night.at.close();
  }
}

// To die before a change is to die after the one before it: nothing else outlives the process.
it('a migration night killed after every change it makes, and resumed, cuts over exactly once', async () => {
  const changes = await countChanges();
  expect(changes.filter((change) => change === 'cutoverMigration')).toHaveLength(1);
  for (let change = 1; change <= changes.length; change += 1) {
    await crashAndResume({ change, side: 'after' });
    if (changes[change - 1] === 'cutoverMigration') await crashAndResume({ change, side: 'before' });
  }
}, 400_000);
