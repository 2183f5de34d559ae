import { campaignDrill, type CampaignDrill, type DrillOutcome } from '../../../core/jobs/campaign-record.ts';
import type { CampaignJob } from '../../../core/jobs/job.ts';
import { newJob } from '../../../core/jobs/new-job.ts';
import type { NewEvent } from '../../../core/jobs/timeline.ts';
import type { CheckResult } from '../../../core/runbooks/check.ts';
import { parseRunbook } from '../../../core/runbooks/parse-runbook.ts';
import { at, chained, OTHER_PROJECT, phases, PROJECT, type Case } from './fixtures.ts';

const CAMPAIGN_TEXT = `version: 1
kind: campaign
name: weekly
sources:
  clusters:
    - { project: ${PROJECT}, cluster: orders }
    - { project: ${PROJECT}, cluster: customers }
    - { project: ${PROJECT}, cluster: stock }
targets: [{ project: ${OTHER_PROJECT}, cluster: spare }]
drill: { recoveryPoint: { latest: {} } }
`;

const GUARDS: readonly CheckResult[] = [
  {
    name: 'clusters-found',
    outcome: 'pass',
    message: 'There are 3 clusters to drill.',
    evidence: { clusters: 3 },
  },
];

const EVENTS: readonly NewEvent[] = [
  { at: at(0), type: 'job-created', message: 'The job was created by dana.' },
  { at: at(2), type: 'guards-passed', message: '1 guards passed.' },
  { at: at(4), type: 'drill-started', message: `Drill of ${PROJECT}/orders onto ${OTHER_PROJECT}/spare.` },
  { at: at(1900), type: 'campaign-judged', message: 'The drills were judged.' },
];

function begun(): CampaignJob {
  const job = newJob({
    jobId: '01K29T6Q00CAMPA1GN00000001',
    runbook: parseRunbook(CAMPAIGN_TEXT, 'campaign.yaml'),
    runbookText: CAMPAIGN_TEXT,
    policy: { protectedClusters: [] },
    startedBy: { type: 'schedule', who: 'weekly' },
    seed: 1,
    now: at(0),
  });
  if (job.kind !== 'campaign') throw new TypeError('The runbook is no campaign.');
  return {
    ...job,
    status: 'RUNNING',
    startedAt: at(0.2),
    guards: GUARDS,
    phases: phases({ guard: [0.4, 2] }),
  };
}

function drill(cluster: string, outcome?: Partial<DrillOutcome>): CampaignDrill {
  const known = campaignDrill('01K29T6Q00CAMPA1GN00000001', at(0), { project: PROJECT, cluster });
  if (outcome === undefined) return known;
  return {
    ...known,
    outcome: {
      target: { project: OTHER_PROJECT, cluster: 'spare' },
      ...{ status: 'SUCCEEDED', verdict: 'passed', startedAt: at(5), endedAt: at(605) },
      ...{ rtoSeconds: 600, rpoSeconds: 3600 },
      ...outcome,
    },
  };
}

function made(job: CampaignJob, events: number, now: number): Case<CampaignJob> {
  return {
    job: { ...job, updatedAt: at(now) },
    timeline: chained(job.jobId, EVENTS.slice(0, events)),
    generatedAt: at(now),
  };
}

const ENDED = { endedAt: at(1902), phases: phases({ guard: [0.4, 2], drills: [2, 1900] }) };

/** Every drill passed. */
export function passedCampaign(): Case<CampaignJob> {
  const drills = ['orders', 'customers', 'stock'].map((cluster) => drill(cluster, {}));
  const end = { ...ENDED, status: 'SUCCEEDED', verdict: 'passed' } as const;
  return made({ ...begun(), ...end, campaign: { drills } }, 4, 1905);
}

/** One drill failed, one could not look, and one did not begin. */
export function failedCampaign(): Case<CampaignJob> {
  const failure = { name: 'GuardsFailedError', message: 'The target is too small.' };
  const drills = [
    drill('orders', { status: 'FAILED', verdict: 'failed', rtoSeconds: null, failure }),
    drill('customers', { verdict: 'inconclusive' }),
    drill('stock'),
  ];
  const told = { name: 'DrillsFailedError', message: '2 of 3 drills failed: orders, stock.', at: at(1901) };
  const end = { ...ENDED, status: 'FAILED', verdict: 'failed', failure: told } as const;
  return made({ ...begun(), ...end, campaign: { drills } }, 4, 1905);
}

/** No cluster has its tags. */
export function emptyCampaign(): Case<CampaignJob> {
  const guards = [
    { name: 'clusters-found', outcome: 'fail', message: 'There is no cluster to drill.' },
  ] as const;
  const failure = { name: 'GuardsFailedError', message: 'There is no cluster to drill.', at: at(2) };
  const end = { status: 'FAILED', verdict: 'failed', endedAt: at(3), guards, failure } as const;
  return made({ ...begun(), ...end }, 1, 4);
}

/** The first drill is under way. */
export function runningCampaign(): Case<CampaignJob> {
  const drills = ['orders', 'customers', 'stock'].map((cluster) => drill(cluster));
  return made({ ...begun(), phases: phases({ guard: [0.4, 2], drills: [2] }), campaign: { drills } }, 3, 300);
}

export const CAMPAIGN_CASES: Readonly<Record<string, () => Case<CampaignJob>>> = {
  'a campaign that passed': passedCampaign,
  'a campaign that failed': failedCampaign,
  'a campaign without clusters': emptyCampaign,
  'a campaign under way': runningCampaign,
};
