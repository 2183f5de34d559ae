import { openRequest, type OpenRequest } from '../jobs/approvals/open-request.ts';
import { standingOf } from '../jobs/approvals/rules.ts';
import type { Job } from '../jobs/job.ts';
import { isFinal } from '../jobs/status.ts';
import type { NoticeName } from '../runbooks/kinds/notify.ts';
import { risksOf, type Risk } from './risks.ts';

/** Something to tell people. `id` is stable and unique within the job: it is told once. */
export type Notice =
  | { readonly id: string; readonly name: 'approvalWanted'; readonly open: OpenRequest }
  | { readonly id: string; readonly name: 'objectiveAtRisk'; readonly risk: Risk }
  | { readonly id: string; readonly name: 'breakGlass' }
  | { readonly id: string; readonly name: Exclude<NoticeName, 'approvalWanted' | 'objectiveAtRisk'> };

/**
 * What people should know of a job as it stands, in the order in which to tell it. What no longer matters is left out: a
 * question that was answered, a risk of a job that has failed or ended.
 *
 * @param now ISO 8601 UTC.
 */
export function dueNotices(job: Job, now: string): Notice[] {
  const broken: Notice[] = job.breakGlass === undefined ? [] : [{ id: 'break-glass', name: 'breakGlass' }];
  const started: Notice[] = [
    ...broken,
    ...(job.startedAt === undefined ? [] : [{ id: 'started', name: 'started' } as const]),
  ];
  const end = endOf(job);
  if (end !== undefined) return [...started, { id: end, name: end }];
  const isStopping = job.failure !== undefined || job.cancel !== undefined;
  const risks = isStopping ? [] : risksOf(job, now).map(riskNotice);
  return [...started, ...risks, ...questions(job, now)];
}

/** A job that missed an objective has failed for whoever hears of it, as it has for its exit code. */
function endOf({ status, verdict }: Job): 'succeeded' | 'failed' | 'cancelled' | undefined {
  if (!isFinal(status)) return undefined;
  if (status === 'CANCELLED') return 'cancelled';
  return status === 'FAILED' || verdict === 'failed' ? 'failed' : 'succeeded';
}

function riskNotice(risk: Risk): Notice {
  return { id: `at-risk/${risk.id}`, name: 'objectiveAtRisk', risk };
}

function questions(job: Job, now: string): Notice[] {
  const open = openRequest(job);
  if (open === undefined || standingOf(open.request, job, now) !== 'open') return [];
  return [{ id: `approval-wanted/${open.gate}/${open.request.number}`, name: 'approvalWanted', open }];
}
