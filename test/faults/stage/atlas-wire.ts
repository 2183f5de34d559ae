import { operationOf } from '../../../core/atlas/resources.ts';
import type { HttpFailure, HttpReply, Transport } from '../../../core/atlas/transport.ts';
import type { Clock } from '../../../core/clock.ts';
import { isoTime } from '../../../core/clock.ts';
import { operationName } from '../../../simulator/door.ts';
import { failure, incomingOf, outcomeOf } from '../../support/atlas-exchange.ts';
import { jobAtWork } from './deliveries.ts';
import type { Ground } from './ground.ts';
import type { Wire } from './table-wire.ts';

/** Milliseconds that a request and its reply take. */
const LATENCY = 50;

type Outcome = HttpReply | HttpFailure;

/** The way from a process to Atlas, without a network. */
export function practiceTransport(ground: Ground, wire: Wire, clock: Clock): Transport {
  const { time } = ground;
  return {
    deadline: (milliseconds) => time.deadline(milliseconds),
    close: () => Promise.resolve(),
    exchange(request) {
      const incoming = incomingOf(request);
      const name = operationName(incoming);
      const asked = isoTime(clock.now());
      const by = jobAtWork();
      const perform = async (): Promise<Outcome> => {
        await time.sleep(LATENCY);
        return outcomeOf(await ground.answer(incoming, name, { asked, by }));
      };
      const effect = {
        kind: isChange(name) ? ('change' as const) : ('read' as const),
        name,
        perform: () => untilAborted(perform(), request.signal),
        unanswered: () => Promise.resolve<Outcome>(failure('the connection was cut', true)),
        answered: replyOf,
        // For a refusal the status says enough.
        brokenOff: (outcome: Outcome) =>
          Promise.resolve(
            outcome.kind === 'reply' && outcome.status >= 300
              ? { ...outcome, body: '' }
              : failure('the answer broke off', true),
          ),
      };
      return wire<Outcome>(effect);
    },
  };
}

/** Signing in changes nothing that matters: an unused token just expires. */
function isChange(name: string): boolean {
  return name !== 'oauthToken' && operationOf(name).effect === 'change';
}

/** The outcome, or that it took too long. */
function untilAborted(outcome: Promise<Outcome>, signal: AbortSignal | undefined): Promise<Outcome> {
  if (signal === undefined) return outcome;
  return new Promise((resolve, reject) => {
    const stop = () => {
      resolve(failure('it took too long', true));
    };
    signal.addEventListener('abort', stop, { once: true });
    outcome.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', stop);
    });
  });
}

function replyOf(status: number, body: string): Outcome {
  return { kind: 'reply', status, headers: { 'content-type': 'application/json' }, body };
}
