import { ulid } from 'ulid';
import { expect, it, onTestFinished } from 'vitest';
import { clustersOfLastCampaign } from '../../../core/commands/last-campaign.ts';
import { campaignDrill } from '../../../core/jobs/campaign-record.ts';
import type { CampaignJob } from '../../../core/jobs/job.ts';
import type { JobStore } from '../../../core/jobs/store.ts';
import { newJob } from '../../../core/jobs/new-job.ts';
import { createJobStore } from '../../../core/jobs/table/job-store.ts';
import { parseRunbook } from '../../../core/runbooks/parse-runbook.ts';
import type { CampaignRunbook } from '../../../core/runbooks/kinds/campaign.ts';
import { memoryTable } from '../../support/memory-table.ts';
import { asCampaign, campaignText, FLEET } from '../../support/campaigns.ts';
import { NOW } from '../jobs/sample-job.ts';

const ATLAS = 'https://cloud.mongodb.com';

/** A campaign of the gold clusters, unless it is of others. */
function tagged(tier = 'gold', name = 'fleet-drill'): CampaignRunbook {
  const sources = `{ tagged: { projects: [${FLEET}], tags: { tier: ${tier} } } }`;
  const runbook = parseRunbook(campaignText({ sources, name }), 'runbook.yaml');
  if (runbook.kind !== 'campaign') throw new TypeError(`${runbook.name} is a ${runbook.kind}.`);
  return runbook;
}

function emptyHistory(): JobStore {
  const table = memoryTable();
  onTestFinished(() => {
    table.close();
  });
  return createJobStore(table);
}

let minute = 0;

/** Writes a campaign that found these clusters, or none yet; each is a minute younger than the one before. */
async function ran(jobs: JobStore, found: readonly string[] | undefined, changes: Partial<CampaignJob> = {}) {
  minute += 1;
  const job = newJob({
    jobId: ulid(Date.parse(NOW) + minute * 60_000),
    runbook: changes.runbook ?? tagged(),
    runbookText: '',
    policy: { protectedClusters: [] },
    startedBy: { type: 'schedule', who: 'fleet-drill' },
    seed: 1,
    now: NOW,
    atlasUrl: ATLAS,
  });
  const drills = found?.map((cluster) => campaignDrill(job.jobId, NOW, { project: FLEET, cluster }));
  await jobs.create({ ...asCampaign(job), campaign: { ...(drills && { drills }) }, ...changes });
}

const namesIn = async (jobs: JobStore, runbook = tagged()) =>
  (await clustersOfLastCampaign(runbook, jobs, ATLAS)).map(({ cluster }) => cluster);

it('are those that the newest campaign of the runbook found', async () => {
  const jobs = emptyHistory();
  expect(await namesIn(jobs)).toEqual([]);
  await ran(jobs, ['accounts', 'untagged-since']);
  await ran(jobs, ['accounts', 'baskets']);
  expect(await namesIn(jobs)).toEqual(['accounts', 'baskets']);
});

it('are those of the one before while the newest has not looked, or never could', async () => {
  const jobs = emptyHistory();
  await ran(jobs, ['accounts']);
  await ran(jobs, undefined, { status: 'FAILED' });
  await ran(jobs, undefined);
  expect(await namesIn(jobs)).toEqual(['accounts']);
});

it('are not those of another runbook, of other tags, or of another Atlas', async () => {
  const jobs = emptyHistory();
  await ran(jobs, ['of-another-runbook'], { runbook: tagged('gold', 'other-drill') });
  await ran(jobs, ['of-other-tags'], { runbook: tagged('silver') });
  await ran(jobs, ['of-another-atlas'], { atlasUrl: 'http://127.0.0.1:1' });
  expect(await namesIn(jobs)).toEqual([]);
  expect(await namesIn(jobs, tagged('silver'))).toEqual(['of-other-tags']);
});
