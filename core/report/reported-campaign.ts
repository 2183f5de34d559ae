import type { DrillOutcome } from '../jobs/campaign-record.ts';
import type { CampaignJob, JobFailure, Verdict } from '../jobs/job.ts';
import type { JobStatus } from '../jobs/status.ts';
import type { ClusterRef } from '../runbooks/cluster.ts';
import { secondsBetween } from '../clock.ts';

/** A campaign: which clusters were drilled onto which, and what came of it. */
export interface ReportedCampaign {
  readonly targets: readonly ClusterRef[];
  /** In the order in which they were to begin; empty until the clusters have been found. */
  readonly drills: readonly ReportedDrill[];
  readonly passed: number;
  readonly failed: number;
  readonly inconclusive: number;
  /** Drills that did not begin, and those of which nothing is known yet. */
  readonly notBegun: number;
}

/** One drill of a campaign. */
export interface ReportedDrill {
  /** The job that it is; it has a report of its own. */
  readonly jobId: string;
  readonly source: ClusterRef;
  /** This and all that follows is `null` when it did not begin. */
  readonly target: ClusterRef | null;
  readonly status: JobStatus | null;
  readonly verdict: Verdict | null;
  /** From its beginning to its end. */
  readonly seconds: number | null;
  readonly rtoSeconds: number | null;
  readonly rpoSeconds: number | null;
  readonly failure: Pick<JobFailure, 'name' | 'message'> | null;
}

/** What a campaign did. */
export function describeCampaign({ campaign, runbook }: CampaignJob): ReportedCampaign {
  const drills = (campaign.drills ?? []).map(({ jobId, source, outcome }) => ({
    jobId,
    source,
    target: outcome?.target ?? null,
    status: outcome?.status ?? null,
    verdict: outcome?.verdict ?? null,
    seconds: secondsOf(outcome),
    rtoSeconds: outcome?.rtoSeconds ?? null,
    rpoSeconds: outcome?.rpoSeconds ?? null,
    failure: outcome?.failure ?? null,
  }));
  const count = (verdict: Verdict) => drills.filter((drill) => drill.verdict === verdict).length;
  return {
    targets: runbook.targets,
    drills,
    passed: count('passed'),
    failed: count('failed'),
    inconclusive: count('inconclusive'),
    notBegun: drills.filter(({ status }) => status === null).length,
  };
}

function secondsOf(outcome: DrillOutcome | undefined): number | null {
  const { startedAt, endedAt } = outcome ?? {};
  return startedAt === undefined || endedAt === undefined ? null : secondsBetween(startedAt, endedAt);
}
