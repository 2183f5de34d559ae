import { describe, expect, it } from 'vitest';
import { verifyChain } from '../../core/jobs/chain.ts';
import { TASKS } from '../../core/tasks/tasks.ts';
import { asCampaign, campaignText, drillsOf, fleet, SOURCES } from '../support/campaigns.ts';
import { openRehearsal, type Rehearsal } from '../support/rehearsal.ts';
import { doomed } from './crashing.ts';
import { twice, twiceAtOnce } from './deliveries.ts';

/** One of six clusters can't be restored onto the targets, which are older. */
const WORLD = fleet({ catalog: { version: '8.2.1' } });
/** Deaths, spread evenly over the changes that a campaign makes. */
const DEATHS = 8;

const restoresIn = ({ simulator }: Rehearsal) =>
  simulator.changes().filter(({ operation }) => operation === 'createBackupRestoreJob').length;

/** What must hold once the campaign has ended, whatever happened on the way: each drill was begun once. */
async function expectDrilled(at: Rehearsal, jobId: string): Promise<void> {
  const job = asCampaign(await at.jobs.get(jobId));
  expect(job).toMatchObject({
    status: 'FAILED',
    failure: { name: 'DrillsFailedError', message: '1 of 6 drills failed: catalog.' },
  });
  const drills = await drillsOf(jobId, at.jobs);
  expect(drills.map(({ runbook }) => runbook.source.cluster).sort()).toEqual(SOURCES);
  expect(drills.filter(({ verdict }) => verdict === 'passed')).toHaveLength(5);
  expect(restoresIn(at)).toBe(5);
  const timeline = await at.jobs.timeline(jobId);
  expect(verifyChain(timeline)).toMatchObject({ ok: true });
  const ended = timeline.filter(({ type }) => type === 'drill-ended').map(({ data }) => data?.job);
  expect(new Set(ended).size).toBe(6);
  expect(ended).toHaveLength(6);
  expect(at.reports.filter((report) => report.kind === 'campaign').at(-1)).toMatchObject({
    status: 'FAILED',
  });
}

describe('a campaign of six clusters over two targets, of which one fails', () => {
  it('drills each cluster once although its process was killed', async () => {
    const at = await openRehearsal({ world: WORLD });
    let changes: number;
    try {
      const { jobId } = await at.start(campaignText());
      const living = doomed(at.context);
      await at.run(jobId, { context: living.context });
      await expectDrilled(at, jobId);
      changes = living.changes.length;
    } finally {
      await at.close();
    }
    expect(changes).toBeGreaterThan(100);
    for (let death = 1; death <= DEATHS; death += 1) {
      await dieAndResume(Math.round((death * changes) / (DEATHS + 1)));
    }
  }, 400_000);

  it.each([
    ['twice, one after the other', twice],
    ['twice at the same time', twiceAtOnce],
  ])(
    'drills each cluster once with every task delivered %s',
    async (_way, deliver) => {
      const at = await openRehearsal({ world: WORLD });
      try {
        const { jobId } = await at.start(campaignText());
        const tasks = Object.fromEntries(Object.entries(TASKS).map(([name, task]) => [name, deliver(task)]));
        await at.run(jobId, { tasks });
        await expectDrilled(at, jobId);
      } finally {
        await at.close();
      }
    },
    120_000,
  );
});

async function dieAndResume(change: number): Promise<void> {
  const at = await openRehearsal({ world: WORLD });
  try {
    const { jobId } = await at.start(campaignText());
    const process = doomed(at.context, { change, side: 'after' });
    await Promise.race([at.run(jobId, { context: process.context }), process.dead]);
    await at.run(jobId);
    await expectDrilled(at, jobId);
  } finally {
    await at.close();
  }
}
