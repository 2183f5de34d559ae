import { setTimeout } from 'node:timers/promises';
import type * as z from 'zod';
import { isOnThisMachine } from '../../local/choose-clock.ts';
import type { Cli, Remote } from '../cli.ts';
import { UsageError } from '../errors.ts';
import { provenFetch, type Fetch } from './credentials.ts';
import { errorOf } from './error-of.ts';
import { RemoteFailedError } from './errors.ts';

/** A request to the API. */
export interface Order {
  readonly method: 'GET' | 'POST';
  /** From `/v1` on. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sending it twice does no more than sending it once. */
  readonly repeatable: boolean;
}

/** The way to one API. */
export interface Line {
  /** The text of a good answer. Throws RemoteRefusedError and RemoteFailedError. */
  text(order: Order): Promise<string>;
  /** A good answer of JSON that is what the schema says. */
  json<T>(order: Order, schema: z.ZodType): Promise<T>;
}

const LONGEST_WAIT_MS = 60_000;
/** Before each further try, in milliseconds. */
const PAUSES_MS = [300, 1000, 3000];

/**
 * Opens the way to the API of `--remote`. Nothing is sent yet.
 *
 * @throws UsageError when the address is none, or there is nothing to prove who asks.
 */
export async function openLine(remote: Remote, cli: Cli): Promise<Line> {
  const base = baseOf(remote.url);
  const proven = await provenFetch({ ...remote, url: base }, cli);
  const place = `The API at ${new URL(base).host}`;
  const text = (order: Order) => sendOften(order, () => sendOnce(order, { base, proven, place }));
  return {
    text,
    async json<T>(order: Order, schema: z.ZodType) {
      const value = parsed(await text(order));
      if (schema.safeParse(value).success) return value as T;
      throw new RemoteFailedError(`${place} answered something that is not Lifeboat’s.`, false, {
        next: 'Check the address in --remote, and that both sides have the same version.',
      });
    },
  };
}

/** Without a slash at its end, nor anything behind the path. */
function baseOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isWeb = url?.protocol === 'https:' || (url?.protocol === 'http:' && isOnThisMachine(text));
  if (url !== undefined && isWeb && url.username === '' && url.password === '') {
    return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  }
  throw new UsageError(
    `--remote ${url === undefined ? text : url.origin} is not the address of an API.`,
    'Write https://HOST; http:// and a port for one on this machine. A name or password has no place in it.',
  );
}

interface Way {
  readonly base: string;
  readonly proven: Fetch;
  readonly place: string;
}

async function sendOnce(
  { method, path, body, headers }: Order,
  { base, proven, place }: Way,
): Promise<string> {
  const init = {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    // A token is for the address that was named.
    redirect: 'manual' as const,
    signal: AbortSignal.timeout(LONGEST_WAIT_MS),
  };
  const { status, text } = await answerOf(() => proven(`${base}${path}`, init), place);
  if (status >= 200 && status < 300) return text;
  throw errorOf({ status, text, place });
}

async function answerOf(
  ask: () => Promise<Response>,
  place: string,
): Promise<{ readonly status: number; readonly text: string }> {
  try {
    const reply = await ask();
    return { status: reply.status, text: await reply.text() };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new RemoteFailedError(`${place} could not be reached: ${reasonOf(error)}.`, true, {
      next: 'Check the address in --remote and the network, and that the server runs.',
    });
  }
}

async function sendOften(order: Order, once: () => Promise<string>): Promise<string> {
  for (const pause of PAUSES_MS) {
    try {
      return await once();
    } catch (error) {
      if (!order.repeatable || !(error instanceof RemoteFailedError) || !error.retryable) throw error;
      await setTimeout(pause);
    }
  }
  return once();
}

/** fetch says "fetch failed" and keeps the reason inside. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the request failed';
  const { cause } = error;
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message;
  return error.name === 'TimeoutError' ? 'it did not answer in time' : error.message;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
