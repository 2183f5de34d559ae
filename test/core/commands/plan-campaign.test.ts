import { expect, it, onTestFinished } from 'vitest';
import { checkAccess } from '../../../core/commands/check-access.ts';
import { planJob } from '../../../core/commands/plan-job.ts';
import { parseRunbook } from '../../../core/runbooks/parse-runbook.ts';
import { campaignText, fleet, FLEET, POOL } from '../../support/campaigns.ts';
import { openRehearsal } from '../../support/rehearsal.ts';

async function planned(world: unknown, parts: Record<string, string> = {}) {
  const at = await openRehearsal({ world });
  onTestFinished(() => at.close());
  const runbook = parseRunbook(campaignText(parts), 'campaign.yaml');
  const plan = await planJob({ runbook, policy: { protectedClusters: [] }, seed: 1 }, at.atlas, at.clock);
  if (plan.kind !== 'campaign') throw new TypeError(`The plan is of a ${plan.kind}.`);
  expect(at.simulator.changes()).toEqual([]);
  return { plan, runbook, at };
}

it('plans every drill, with the targets taking turns, and changes nothing', async () => {
  const { plan } = await planned(fleet());
  expect(plan).toMatchObject({
    ok: true,
    concurrency: 2,
    guards: [{ name: 'clusters-found', outcome: 'pass' }],
  });
  expect(plan.drills.map(({ target }) => target.cluster)).toEqual([
    ...['drill-one', 'drill-two', 'drill-one', 'drill-two', 'drill-one', 'drill-two'],
  ]);
  expect(plan.steps.join(' ')).toContain(`ERASE the first of these that is free: ${POOL}/drill-one`);
});

it('says which drills have something in their way, and what', async () => {
  const sources = `{ clusters: [{ project: ${FLEET}, cluster: accounts }, { project: ${FLEET}, cluster: gone }] }`;
  const { plan } = await planned(fleet({ accounts: { version: '8.2.1' } }), { sources });
  expect(plan.ok).toBe(false);
  const [accounts, gone] = plan.drills;
  expect(accounts?.problems.join()).toContain('8.2.1');
  expect(gone).toMatchObject({ ok: false, problems: [expect.stringContaining('gone')] });
});

it('knows what the credentials need, also to find clusters by their tags', async () => {
  const sources = `{ tagged: { projects: [${FLEET}], tags: { tier: gold } } }`;
  const { runbook, at } = await planned(fleet(), { sources });
  expect(await checkAccess(runbook, at.atlas)).toMatchObject([
    { operationId: 'listClusters', access: 'allowed' },
  ]);
  const named = await checkAccess(parseRunbook(campaignText(), 'campaign.yaml'), at.atlas);
  expect(named.map(({ operationId }) => operationId)).toContain('createBackupRestoreJob');
});
