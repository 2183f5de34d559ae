import { expect, it, onTestFinished } from 'vitest';
import { startJob } from '../../core/commands/start-job.ts';
import type { BreakGlass } from '../../core/jobs/job.ts';
import { buildReport } from '../../core/report/build-report.ts';
import { headline } from '../../core/report/headline.ts';
import { BROUGHT } from '../../core/policy/origin.ts';
import { parsePolicy } from '../../core/policy/parse-policy.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { parseRunbook } from '../../core/runbooks/parse-runbook.ts';
import { TARGET } from '../support/approving.ts';
import { openRehearsal, runbookText } from '../support/rehearsal.ts';

const TEXT = `protectedClusters: ['${TARGET}']
approvals: [{ targets: ['*'], count: 2 }]
notify: [{ webhook: { url: https://ops.example.com/hook }, on: [succeeded] }]
`;
const policyOf = (text: string): Policy => parsePolicy(text, 'policy.yaml').policy;
const ALLOWED = policyOf(`${TEXT}breakGlass: true\n`);

/** A restore onto a protected cluster by somebody who is alone. */
async function alone(policy: Policy, changes: Partial<BreakGlass> = {}, kind = 'restore') {
  const at = await openRehearsal();
  onTestFinished(() => at.close());
  const runbookAsText = runbookText({ kind });
  const by = { type: 'cli', who: 'anna' } as const;
  const bypassed = ['approval', 'protected-cluster'];
  const start = () =>
    startJob(
      {
        jobId: '01KAJ3W0Q4X9GZ5M1T2R8C7B6A',
        runbook: parseRunbook(runbookAsText, 'runbook.yaml'),
        runbookText: runbookAsText,
        origin: BROUGHT,
        policy,
        startedBy: by,
        seed: 7,
        breakGlass: {
          by,
          reason: 'prod is gone',
          cluster: TARGET,
          bypassed,
          at: '2026-08-10T03:00:00.000Z',
          ...changes,
        },
      },
      at.jobs,
      at.clock,
    );
  return { at, start };
}

it('restores onto a protected cluster without an approval, and says so first of all', async () => {
  const { at, start } = await alone(ALLOWED);
  const { jobId } = await start();
  const job = await at.run(jobId, { context: { ...at.context, policy: ALLOWED } });
  expect(job).toMatchObject({ status: 'SUCCEEDED', approvals: {} });
  expect(job.guards.find(({ name }) => name === 'target-is-not-protected')?.message).toContain(
    'is erased by break-glass of anna: prod is gone',
  );
  const timeline = await at.jobs.timeline(jobId);
  expect(timeline[0]?.type).toBe('break-glass');
  expect(headline(buildReport(job, timeline, job.updatedAt))).toMatch(
    /^BREAK-GLASS by anna \(prod is gone\): /,
  );
  // Also where `on` does not list it.
  expect(job.notices).toMatchObject({ 'break-glass@1': { outcome: 'sent' } });
  const { jobs } = await at.jobs.list({ by: 'all' }, { limit: 1 });
  expect(jobs[0]?.breakGlass).toBe(true);
});

it.each([
  ['the policy does not allow it', policyOf(TEXT), {}, 'restore'],
  ['there is no policy', { protectedClusters: [] }, {}, 'restore'],
  ['another cluster was named', ALLOWED, { cluster: TARGET.replace('orders-drill', 'orders') }, 'restore'],
  ['it is a drill', ALLOWED, {}, 'drill'],
  [
    'an AWS role asks for it',
    ALLOWED,
    { by: { type: 'http', who: 'arn:aws:sts::111111111111:assumed-role/Agent' } },
    'restore',
  ],
  ['a schedule asks for it', ALLOWED, { by: { type: 'schedule', who: 'nightly' } }, 'restore'],
] as const)('is refused where %s', async (_, policy, changes, kind) => {
  const { at, start } = await alone(policy, changes, kind);
  await expect(start()).rejects.toMatchObject({ name: 'PolicyRefusedError' });
  expect((await at.jobs.list({ by: 'all' }, { limit: 1 })).jobs).toEqual([]);
});

it('stops in a process whose policy does not allow it', async () => {
  const { at, start } = await alone(ALLOWED);
  const { jobId } = await start();
  const job = await at.run(jobId, { context: { ...at.context, policy: policyOf(TEXT) } });
  expect(job).toMatchObject({ status: 'FAILED', failure: { name: 'PolicyRefusedError' } });
  expect(at.simulator.restoreJobCount()).toBe(0);
});
