import { OutboundError, type Outbound, type OutboundReply, type OutboundRequest } from './outbound.ts';

/** Milliseconds of the machine: a receiver that takes longer is asked again later. */
const LONGEST_WAIT = 10_000;

/**
 * Posts with the `fetch` that it is handed. An address may be a secret and an answer may repeat one, so neither is in an
 * error.
 */
export function postWith(fetch: typeof globalThis.fetch): Outbound['post'] {
  return async ({ url, headers, body }: OutboundRequest): Promise<OutboundReply> => {
    try {
      const signal = AbortSignal.timeout(LONGEST_WAIT);
      const reply = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
      // What it says is nobody's business here; left unread, it would hold the connection.
      await reply.body?.cancel();
      return { status: reply.status };
    } catch (error) {
      throw new OutboundError(reasonOf(error), {
        next: 'Look whether the receiver is up and can be reached.',
      });
    }
  };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the request failed';
  if (error.name === 'TimeoutError') return `none within ${LONGEST_WAIT / 1000} s`;
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : 'the connection failed';
}
