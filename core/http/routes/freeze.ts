import { changeFreeze } from '../../commands/freeze.ts';
import { standingFreeze, type FreezeEntry, type FreezeLog } from '../../jobs/freeze.ts';
import { tellFreeze } from '../../notify/tell-freeze.ts';
import { defineRoute } from '../define-route.ts';
import type { Caller, HttpHost } from '../host.ts';
import { freezeSchema } from '../schemas/freeze.ts';
import { freezeRequest, unfreezeRequest } from '../schemas/requests.ts';

const ANSWERS = {
  200: { description: 'Whether the installation is frozen, and who did it', schema: freezeSchema },
};

/** `GET /v1/freeze` */
export const getFreezeRoute = defineRoute(
  {
    method: 'GET',
    path: '/v1/freeze',
    operationId: 'getFreeze',
    summary: 'Tell whether the installation is frozen',
    description:
      'Tells whether anything new may be changed, and who froze and unfroze the installation, and why.',
    scope: 'read',
    answers: ANSWERS,
    problems: [],
  },
  async (_asked, host) => ({ status: 200, body: freezeAnswer(await host.jobs.freezes()) }),
);

/** `POST /v1/freeze` */
export const freezeRoute = defineRoute(
  {
    method: 'POST',
    path: '/v1/freeze',
    operationId: 'freeze',
    summary: 'Freeze the installation',
    description:
      'Refuses every new change from now on: jobs, schedules, drills of campaigns, and the requests to Atlas that jobs under way ' +
      'have not sent yet. What Atlas was asked for is followed to its end. People are notified. Frozen again, the first stays and ' +
      'this one is added.',
    scope: 'operate',
    body: freezeRequest,
    answers: ANSWERS,
    problems: ['job-changed'],
  },
  ({ caller, body: { reason } }, host) => change('freeze', reason, caller, host),
);

/** `POST /v1/unfreeze` */
export const unfreezeRoute = defineRoute(
  {
    method: 'POST',
    path: '/v1/unfreeze',
    operationId: 'unfreeze',
    summary: 'Unfreeze the installation',
    description: 'Ends a freeze. People are notified. Where nothing is frozen, it changes nothing.',
    scope: 'operate',
    body: unfreezeRequest,
    answers: ANSWERS,
    problems: ['job-changed'],
  },
  ({ caller, body: { reason } }, host) => change('unfreeze', reason ?? null, caller, host),
);

async function change(act: FreezeEntry['act'], reason: string | null, caller: Caller, host: HttpHost) {
  const { jobs, clock, policy, outbound } = host;
  const by = { type: 'http', who: caller.who } as const;
  const { entry, log } = await changeFreeze({ act, by, reason }, jobs, clock);
  if (entry !== undefined) await tellFreeze(entry, policy.notify ?? [], outbound, clock.now());
  return { status: 200, body: freezeAnswer(log) };
}

function freezeAnswer(log: FreezeLog): object {
  const freeze = standingFreeze(log);
  return { frozen: freeze !== undefined, since: freeze?.since ?? null, log: log.entries };
}
