import type { ClusterRef } from '../runbooks/cluster.ts';
import { derivedJobId } from './derived-id.ts';
import type { JobStatus } from './status.ts';

/** One drill of a campaign. */
export interface CampaignDrill {
  /** The job that it is, or is going to be: it follows from the campaign and the source. */
  readonly jobId: string;
  readonly source: ClusterRef;
  /** What came of it, once the campaign has looked; absent until then, and where it never began. */
  readonly outcome?: DrillOutcome;
}

/** What came of a drill. Instants are ISO 8601 UTC. */
export interface DrillOutcome {
  readonly target: ClusterRef;
  readonly status: JobStatus;
  /** The verdict of its job. */
  readonly verdict?: 'passed' | 'inconclusive' | 'failed';
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly rtoSeconds: number | null;
  readonly rpoSeconds: number | null;
  /** What it failed of, shortened. */
  readonly failure?: { readonly name: string; readonly message: string };
}

/** The drills of a campaign, in the order in which they begin; undefined until the clusters have been looked for. */
export interface CampaignRecord {
  readonly drills?: readonly CampaignDrill[];
}

/**
 * The drill of a source in a campaign.
 *
 * @param createdAt when the campaign was created, ISO 8601 UTC.
 */
export function campaignDrill(campaignId: string, createdAt: string, source: ClusterRef): CampaignDrill {
  const from = ['campaign', campaignId, source.project, source.cluster];
  return { jobId: derivedJobId(Date.parse(createdAt), from), source };
}
