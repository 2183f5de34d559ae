import { secondsBetween } from '../clock.ts';
import type { OpenRequest } from '../jobs/approvals/open-request.ts';
import { isCutoverJob, type Job } from '../jobs/job.ts';
import { writeStopSeconds } from '../jobs/write-stop.ts';
import { describeRestore } from '../report/reported-restore.ts';
import type { ClusterRef } from '../runbooks/cluster.ts';
import { placeOf } from '../runbooks/place.ts';
import { undertaking } from '../runbooks/undertaking.ts';
import { visible } from '../visible-text.ts';
import type { Notice } from './due.ts';
import type { JobEvent } from './message.ts';
import type { Risk } from './risks.ts';
import { textOf } from './text.ts';

/** Atlas's own web address: only there has a cluster a page. */
const ATLAS = 'https://cloud.mongodb.com';
/** Digits of a plan's hash that name it among the plans of a job. */
const SHOWN_DIGITS = 12;

/**
 * The message that a notice is told with.
 *
 * @param now ISO 8601 UTC.
 * @param reportPlace where the report of an ended job is kept: a path or a URL.
 */
export function compose(job: Job, notice: Notice, now: string, reportPlace: string): JobEvent {
  const { source, target } = placeOf(job.runbook);
  return {
    version: 1,
    type: `lifeboat.job.${notice.name}`,
    id: `${job.jobId}/${notice.id}`,
    at: now,
    text: visible(textOf(job, notice, now)),
    subject: visible(undertaking(job.runbook, job.projects)),
    job: {
      id: job.jobId,
      kind: job.kind,
      runbook: job.runbook.name,
      status: job.status,
      verdict: job.verdict ?? null,
      simulated: job.simulation !== undefined,
      startedBy: job.startedBy.who,
      startedAt: job.startedAt ?? null,
      endedAt: job.endedAt ?? null,
    },
    source: clusterOf(job, source),
    target: clusterOf(job, target),
    objectives: describeRestore(job).objectives,
    writeStopSeconds: isCutoverJob(job) ? writeStopSeconds(job) : null,
    approval: notice.name === 'approvalWanted' ? approvalOf(job, notice.open, now) : null,
    risk: notice.name === 'objectiveAtRisk' ? riskOf(notice.risk) : null,
    failure: failureOf(job),
    show: `lifeboat jobs show ${job.jobId}`,
    report: job.endedAt === undefined ? null : reportPlace,
  };
}

function clusterOf(job: Job, place: ClusterRef | undefined): JobEvent['source'] {
  if (place === undefined) return null;
  const { project, cluster } = place;
  // Its page by the address that a browser shows there.
  const isReal = job.simulation === undefined && job.atlasUrl === ATLAS;
  const name = job.projects?.[project];
  return {
    project,
    projectName: name === undefined ? null : visible(name),
    cluster,
    url: isReal ? `${ATLAS}/v2/${project}#/clusters/detail/${cluster}` : null,
  };
}

/** The commands name the plan, so that nobody approves another one by mistake. */
function approvalOf({ jobId }: Job, { gate, request }: OpenRequest, now: string): JobEvent['approval'] {
  const { number, plan, rule, until } = request;
  const { recoveryPoint: point, erases = null } = plan;
  const command = (verb: string) =>
    `lifeboat jobs ${verb} ${jobId} --reason TEXT --plan ${plan.hash.slice(0, SHOWN_DIGITS)}`;
  const age = (time: string | null) => (time === null ? null : secondsBetween(time, now));
  return {
    gate,
    request: number,
    action: plan.action,
    erases,
    recoveryPoint: point === undefined ? null : { ...point, ageSeconds: age(point.time) },
    plan: plan.hash,
    from: rule.from === undefined ? null : [...rule.from],
    count: rule.count,
    until,
    approve: command('approve'),
    reject: command('reject'),
  };
}

function failureOf({ failure }: Job): JobEvent['failure'] {
  if (failure === undefined) return null;
  const { name, message, changed = null, next = null } = failure;
  return { name, message, changed, next };
}

function riskOf({ objective, limitSeconds, usedSeconds }: Risk): JobEvent['risk'] {
  return { objective, limitSeconds, usedSeconds };
}
