import { planJob } from '../../commands/plan-job.ts';
import { standingFreeze } from '../../jobs/freeze.ts';
import { defineRoute } from '../define-route.ts';
import { runbookOf } from '../runbook-of-request.ts';
import { planSchema } from '../schemas/answers.ts';
import { runbookRequest } from '../schemas/requests.ts';

/** `POST /v1/plans` */
export const planJobRoute = defineRoute(
  {
    method: 'POST',
    path: '/v1/plans',
    operationId: 'planJob',
    summary: 'Say what a job would do',
    description:
      'Chooses the recovery point, looks at every guard and says what a job would do now. Changes nothing, in Atlas or in the ' +
      'history.',
    scope: 'operate',
    body: runbookRequest,
    answers: { 200: { description: 'The plan', schema: planSchema } },
    problems: ['runbook-not-found', 'invalid-runbook', 'cluster-unusable', 'atlas-failed', 'not-ready'],
  },
  async ({ body }, host) => {
    const { runbook, origin } = await runbookOf(body, host);
    const atlas = await host.atlas();
    const freeze = standingFreeze(await host.jobs.freezes());
    const request = { freeze, runbook, origin, policy: host.policy, seed: body.seed ?? host.seed() };
    return { status: 200, body: await planJob(request, atlas, host.clock) };
  },
);
