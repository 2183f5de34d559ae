import {
  isCampaignJob,
  isRestoreJob,
  type CampaignJob,
  type Job,
  type RestoreJob,
} from '../../core/jobs/job.ts';
import type { JobStore } from '../../core/jobs/store.ts';

export const FLEET = '5e2f1c0a9d3b7a4c8e6f0a01';
export const POOL = '5e2f1c0a9d3b7a4c8e6f0a02';

/** The clusters of a fleet, in the order of their names. */
export const SOURCES = ['accounts', 'baskets', 'catalog', 'deliveries', 'events', 'fraud'];

interface FleetCluster {
  readonly name: string;
  readonly [setting: string]: unknown;
}

/** A project with six clusters, and one with two targets for them. Changes are made to clusters by their names. */
export function fleet(changes: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {}): unknown {
  const changed = (cluster: FleetCluster): FleetCluster => ({ ...cluster, ...changes[cluster.name] });
  const source = (name: string, index: number): FleetCluster => ({
    name,
    scheduledDays: 10,
    tags: [{ key: 'tier', value: index < 4 ? 'gold' : 'silver' }],
    databases: [{ name: 'shop', collections: 2, objects: 1000, objectBytes: 500 }],
  });
  const target = (name: string): FleetCluster => ({ name, restores: { seconds: 600 } });
  return {
    projects: [
      { id: FLEET, name: 'fleet', clusters: SOURCES.map(source).map(changed) },
      { id: POOL, name: 'pool', clusters: ['drill-one', 'drill-two'].map(target).map(changed) },
    ],
  };
}

/** A campaign's text, with parts replaced. Values are YAML. */
export function campaignText(parts: Record<string, string> = {}): string {
  const clusters = SOURCES.map((cluster) => `{ project: ${FLEET}, cluster: ${cluster} }`);
  const base: Record<string, string> = {
    version: '1',
    kind: 'campaign',
    name: 'fleet-drill',
    sources: `{ clusters: [${clusters.join(', ')}] }`,
    targets: `[{ project: ${POOL}, cluster: drill-one }, { project: ${POOL}, cluster: drill-two }]`,
    drill: '{ recoveryPoint: { latest: {} }, objectives: { rto: 2h } }',
    ...parts,
  };
  return Object.entries(base)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');
}

/** A job that must be a campaign. */
export function asCampaign(job: Job): CampaignJob {
  if (!isCampaignJob(job)) throw new TypeError(`Job ${job.jobId} is a ${job.kind}, not a campaign.`);
  return job;
}

/** The drills of a campaign that have begun. */
export async function drillsOf(campaignId: string, jobs: JobStore): Promise<RestoreJob[]> {
  const page = await jobs.list({ by: 'kind', kind: 'drill' }, { limit: 100 });
  const found = await Promise.all(page.jobs.map(({ jobId }) => jobs.get(jobId)));
  return found.filter(isRestoreJob).filter((job) => job.campaignId === campaignId);
}
