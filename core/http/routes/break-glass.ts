import { isoTime } from '../../clock.ts';
import type { BreakGlass } from '../../jobs/job.ts';
import { confirmBreakGlass } from '../../policy/break-glass.ts';
import { refuseByPolicy } from '../../policy/refusals.ts';
import type { Runbook } from '../../runbooks/schema.ts';
import { defineRoute } from '../define-route.ts';
import type { Caller, HttpHost } from '../host.ts';
import { RequestRefusedError } from '../request-refused.ts';
import { runbookOf } from '../runbook-of-request.ts';
import { breakGlassRequest, type BreakGlassRequest } from '../schemas/requests.ts';
import { START_ANSWERS, startHeaders, startOnce } from '../start-once.ts';

/** `POST /v1/break-glass`: a path of its own, so that IAM can grant it apart from every other. */
export const breakGlassRoute = defineRoute(
  {
    method: 'POST',
    path: '/v1/break-glass',
    operationId: 'breakGlass',
    summary: 'Restore onto a protected cluster without an approval',
    description:
      'Starts a restore on the word of one person alone, where the policy allows it. It bypasses the approval and the protection ' +
      'of the target, and nothing else; it is recorded, and people are notified at once. The sender gives the name of the ' +
      'cluster to erase once more, and a reason. Sent again with the same Idempotency-Key and body, it gives the same job for seven days.',
    scope: 'break-glass',
    headers: startHeaders,
    body: breakGlassRequest,
    answers: START_ANSWERS,
    problems: ['runbook-not-found', 'invalid-runbook', 'key-used-before', 'policy-refused', 'frozen'],
  },
  async ({ caller, headers: { 'idempotency-key': key }, body }, host) => {
    const written = await runbookOf(body, host);
    const breakGlass = confirmed(written.runbook, body, caller, host);
    // Before the key is spent.
    refuseByPolicy({ ...written, breakGlass, policy: host.policy });
    return startOnce({ caller, key, body, ...written, breakGlass }, host);
  },
);

function confirmed(
  runbook: Runbook,
  { cluster, reason }: BreakGlassRequest,
  { who }: Caller,
  { clock }: HttpHost,
): BreakGlass {
  const by = { type: 'http', who } as const;
  const outcome = confirmBreakGlass(runbook, { by, cluster, reason, at: isoTime(clock.now()) });
  if ('breakGlass' in outcome) return outcome.breakGlass;
  const { faults } = outcome;
  throw new RequestRefusedError(
    'invalid-body',
    `Break-glass was not confirmed: ${faults.map(({ field, message }) => `${field} ${message}`).join('; ')}.`,
    { fields: faults, next: 'Make sure that this is the cluster to erase, and send its name and a reason.' },
  );
}
