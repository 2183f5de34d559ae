import { equal, match } from 'node:assert/strict';
import type { Problem } from '../../core/http/problems.ts';
import { openRequest } from '../../core/jobs/approvals/open-request.ts';
import type { Job } from '../../core/jobs/job.ts';
import { isFinal } from '../../core/jobs/status.ts';
import { get, post, type Api } from './api.ts';
import type { People } from './people.ts';
import { until } from './programs.ts';
import type { Credentials, Reply } from './signed-request.ts';

/** The JSON of an answer. What comes in place of the one that was wanted is told whole. */
export function answered(reply: Reply, status: number): unknown {
  equal(reply.status, status, reply.text);
  return JSON.parse(reply.text);
}

/** Starts a job as somebody who may. */
export async function startJob(api: Api, who: Credentials, body: object, key: string): Promise<Job> {
  const reply = await api.as(who, post('/v1/jobs', body, { 'idempotency-key': key }));
  return answered(reply, 201) as Job;
}

/**
 * Follows a job to its end by the API. What it asks, those try to approve in vain who may not; then somebody else does.
 *
 * @param seconds how long that may take.
 */
export async function followJob(api: Api, people: People, jobId: string, seconds: number): Promise<Job> {
  const approved = new Set<string>();
  return until(`job ${jobId} has ended`, seconds, async () => {
    const job = answered(await api.as(people.read, get(`/v1/jobs/${jobId}`)), 200) as Job;
    const plan = openRequest(job)?.request.plan.hash;
    if (plan !== undefined && !approved.has(plan)) {
      approved.add(plan);
      const approval = post(`/v1/jobs/${jobId}/approve`, { plan, reason: 'Looked at it.' });
      const refuses = async (who: Credentials, why: RegExp) => {
        const refused = answered(await api.as(who, approval), 409) as Problem;
        equal(refused.type, 'urn:lifeboat:problem:approval-refused');
        match(refused.detail, why);
      };
      const isBobs = job.startedBy.who.endsWith('/bob');
      await refuses(isBobs ? people.bobApproving : people.everything, /whoever started a job/);
      await refuses(people.roleApproving, /identifies no person/);
      answered(await api.as(isBobs ? people.annApproving : people.approve, approval), 200);
    }
    return isFinal(job.status) ? job : undefined;
  });
}
