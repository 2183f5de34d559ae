import { OutboundError, type Outbound, type OutboundReply, type OutboundRequest } from './outbound.ts';

/** Milliseconds of the machine: a receiver that takes longer is asked again later. */
const LONGEST_WAIT = 10_000;
/** Characters of an answer that are read. */
const LONGEST_TEXT = 1000;

/**
 * Posts with the `fetch` that it is handed. An address may be a secret and an answer may repeat one, so neither is in an
 * error.
 */
export function postWith(fetch: typeof globalThis.fetch): Outbound['post'] {
  return async ({ url, headers, body }: OutboundRequest): Promise<OutboundReply> => {
    try {
      const signal = AbortSignal.timeout(LONGEST_WAIT);
      const reply = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
      return { status: reply.status, text: await beginningOf(reply) };
    } catch (error) {
      throw new OutboundError(reasonOf(error), {
        next: 'Look whether the receiver is up and can be reached.',
      });
    }
  };
}

async function beginningOf({ body }: Response): Promise<string> {
  if (body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length >= LONGEST_TEXT) break;
  }
  return text.slice(0, LONGEST_TEXT);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the request failed';
  if (error.name === 'TimeoutError') return `none within ${LONGEST_WAIT / 1000} s`;
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : 'the connection failed';
}
