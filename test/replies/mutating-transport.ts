import type { Transport } from '../../core/atlas/transport.ts';
import { operationName } from '../../simulator/door.ts';
import type { PracticeAtlas } from '../../simulator/practice-atlas.ts';
import { incomingOf, outcomeOf } from '../support/atlas-exchange.ts';

/** What Lifeboat gets for the body of a good reply to an operation. */
export type ChangeReply = (operationId: string, body: unknown) => unknown;

/** The way to a simulated Atlas that passes the bodies of good replies through `change`; one that it makes undefined is empty. */
export function mutatingTransport(atlas: PracticeAtlas, change: ChangeReply): Transport {
  return {
    deadline: () => new AbortController().signal,
    close: () => Promise.resolve(),
    async exchange(request) {
      const incoming = incomingOf(request);
      const operationId = operationName(incoming);
      const outcome = outcomeOf(await atlas.answer(incoming));
      const isToken = operationId === 'oauthToken';
      if (outcome.kind === 'failure' || isToken || outcome.status >= 300 || outcome.body === '')
        return outcome;
      const body = change(operationId, JSON.parse(outcome.body));
      return { ...outcome, body: body === undefined ? '' : JSON.stringify(body) };
    },
  };
}
