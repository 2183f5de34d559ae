import type { HttpFailure, HttpReply, Transport } from '../../core/atlas/transport.ts';
import { operationName, type Answer } from '../../simulator/door.ts';
import { errorBody } from '../../simulator/api-error.ts';
import type { Incoming } from '../../simulator/api.ts';
import type { PracticeAtlas } from '../../simulator/practice-atlas.ts';
import type { WitnessedRequest } from '../invariants/witness.ts';
import { failure, incomingOf, outcomeOf } from '../support/atlas-exchange.ts';
import { requestOf } from '../support/watch-atlas.ts';
import type { Mishap } from './plan.ts';
import type { SimulatedProcess } from './simulated-process.ts';
import type { Trace } from './trace.ts';

/** What the world knows of its Atlas beside what Atlas itself tells. */
export interface AtlasGround {
  readonly atlas: PracticeAtlas;
  readonly trace: Trace;
  /** Told of each request to restore or to cut over as it reaches Atlas, and when it was sent (milliseconds of the true time). */
  readonly onRequest: (request: WitnessedRequest, sent: number, process: SimulatedProcess) => void;
  /** Told of each token that Atlas gives. */
  readonly onToken: (token: string) => void;
}

/** Milliseconds that a request takes until it is there, and its reply until it is back. */
const LATENCY = { least: 20, most: 300 };
/** What transport.ts gives an exchange. */
const LONGEST_EXCHANGE = 60_000;
/** Milliseconds that a request may still be on its way once its deadline has cut the connection. */
const LINGERS = 20_000;

const NEVER = 8_640_000_000_000_000;

/** The way from a process to Atlas, without a network: requests and replies take their time, and some are lost. */
export function simulatedTransport(process: SimulatedProcess, ground: AtlasGround): Transport {
  const { time } = process;
  const deadlines = new WeakMap<AbortSignal, number>();
  const names = new Map<string, string>();
  // A process asks for the same few things again and again.
  const nameOf = ({ method, path }: Incoming) => {
    const name = names.get(`${method} ${path}`) ?? operationName({ method, path });
    names.set(`${method} ${path}`, name);
    return name;
  };
  return {
    deadline(milliseconds) {
      const signal = time.deadline(milliseconds);
      deadlines.set(signal, time.now() + milliseconds);
      return signal;
    },
    close: () => Promise.resolve(),
    exchange(request) {
      const incoming = incomingOf(request);
      const operation = nameOf(incoming);
      const changes = request.method !== 'GET' && operation !== 'oauthToken';
      return process.befall({ kind: 'atlas', changes }, (mishap) => {
        const { signal } = request;
        const latest = (signal === undefined ? NEVER : (deadlines.get(signal) ?? NEVER)) + LINGERS;
        return exchangeOnce({ process, ground, incoming, operation, signal, latest }, mishap);
      });
    },
  };
}

interface Exchange {
  readonly process: SimulatedProcess;
  readonly ground: AtlasGround;
  readonly incoming: Incoming;
  readonly operation: string;
  readonly signal: AbortSignal | undefined;
  /** The latest instant at which it may reach Atlas. */
  readonly latest: number;
}

type Outcome = HttpReply | HttpFailure;

async function exchangeOnce(exchange: Exchange, mishap: Mishap | undefined): Promise<Outcome> {
  const { process, signal } = exchange;
  const { time } = process;
  if (signal?.aborted === true) return failure('it took too long', false);
  switch (mishap?.trouble) {
    case 'connection refused':
      return failure('the connection was refused', false);
    case 'connection reset':
      await time.sleep(process.latency(LATENCY.least, LATENCY.most));
      return failure('the connection was cut', true);
    case 'too many requests':
      return refused(429, 'RATE_LIMITED', { 'retry-after': String(Math.min(mishap.seconds, 60)) });
    case 'server error':
      return refused(500, 'UNEXPECTED_ERROR');
    case 'unavailable':
      return refused(503, 'SERVICE_UNAVAILABLE');
    case 'token expired':
      return refused(401, 'NOT_AUTHORIZED');
    case 'reply lost':
    case 'server error after the effect':
      await arrive(exchange, process.latency(LATENCY.least, LATENCY.most));
      return mishap.trouble === 'reply lost'
        ? failure('the connection was cut', true)
        : refused(500, 'UNEXPECTED_ERROR');
    case 'request late':
      // It arrives when the one who sent it has given up.
      void arrive(exchange, mishap.seconds * 1000);
      await time.sleep(process.latency(LATENCY.least, LATENCY.most));
      return failure('the connection was cut', true);
    default:
      return inTime(exchange, mishap);
  }
}

/** The reply, unless it takes longer than an exchange or its deadline allows. */
async function inTime(exchange: Exchange, mishap: Mishap | undefined): Promise<Outcome> {
  const { process, signal } = exchange;
  const { time } = process;
  const slow = mishap?.trouble === 'atlas slow' ? mishap.seconds * 500 : 0;
  const answered = (async () => {
    const answer = await arrive(exchange, slow + process.latency(LATENCY.least, LATENCY.most));
    await time.sleep(slow + process.latency(LATENCY.least, LATENCY.most));
    return mishapTo(outcomeOf(answer), mishap);
  })();
  if (slow === 0 && signal === undefined) return answered;
  const tooLate = new Promise<Outcome>((resolve) => {
    const giveUp = () => {
      resolve(failure('it took too long', true));
    };
    if (slow > 0) time.after(LONGEST_EXCHANGE, giveUp);
    signal?.addEventListener('abort', giveUp, { once: true });
  });
  return Promise.race([answered, tooLate]);
}

/** Brings the request to Atlas, and gives what it answers. */
async function arrive(
  { process, ground, incoming, operation, latest }: Exchange,
  after: number,
): Promise<Answer> {
  const { time, name } = process;
  const { atlas, trace } = ground;
  const sent = time.now();
  await time.sleep(Math.min(after, latest - time.now()));
  const restores = atlas.restoreJobCount();
  const answer = await atlas.answer(incoming);
  const status = answer.kind === 'cut' ? 0 : answer.reply.status;
  trace.note(`${name} ${operation} ${incoming.target} ${status}`);
  const asked = requestOf(operation, incoming);
  if (asked !== undefined) {
    const carriedOut = asked.what === 'restore' ? atlas.restoreJobCount() > restores : status === 202;
    ground.onRequest({ ...asked, at: new Date(time.now()).toISOString(), carriedOut }, sent, process);
  }
  if (operation === 'oauthToken' && answer.kind === 'reply' && status === 200)
    ground.onToken((JSON.parse(answer.reply.body) as { access_token: string }).access_token);
  return answer;
}

/** What a mishap leaves of an answer. */
function mishapTo(outcome: Outcome, mishap: Mishap | undefined): Outcome {
  if (outcome.kind === 'failure') return outcome;
  if (mishap?.trouble === 'reply cut')
    // For a refusal the status says enough.
    return outcome.status < 300 ? failure('the answer broke off', true) : { ...outcome, body: '' };
  if (mishap?.trouble === 'reply is no JSON')
    return {
      kind: 'reply',
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: '<html>Soon</html>',
    };
  return outcome;
}

function refused(status: number, code: string, headers: Readonly<Record<string, string>> = {}): HttpReply {
  const body = JSON.stringify(errorBody(status, code, 'It went wrong on the way.'));
  return { kind: 'reply', status, headers: { 'content-type': 'application/json', ...headers }, body };
}
