import { defineRoute } from '../define-route.ts';
import { runbookOf } from '../runbook-of-request.ts';
import { runbookRequest } from '../schemas/requests.ts';
import { START_ANSWERS, startHeaders, startOnce } from '../start-once.ts';

/** `POST /v1/jobs` */
export const startJobRoute = defineRoute(
  {
    method: 'POST',
    path: '/v1/jobs',
    operationId: 'startJob',
    summary: 'Start a job',
    description:
      'Starts a job from a runbook, or from one that the host keeps. It answers once the job is written down; follow it with ' +
      'getJob. Sent again with the same Idempotency-Key and body, it gives the same job for seven days.',
    scope: 'operate',
    headers: startHeaders,
    body: runbookRequest,
    answers: START_ANSWERS,
    problems: ['runbook-not-found', 'invalid-runbook', 'key-used-before', 'policy-refused', 'frozen'],
  },
  async ({ caller, headers: { 'idempotency-key': key }, body }, host) =>
    startOnce({ caller, key, body, ...(await runbookOf(body, host)) }, host),
);
