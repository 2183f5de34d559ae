import type { HttpFailure, HttpReply, HttpRequest } from '../../core/atlas/transport.ts';
import type { OutboundRequest } from '../../core/outbound.ts';
import type { Incoming } from '../../simulator/api.ts';
import type { Answer } from '../../simulator/door.ts';

/** What a client asks over HTTP, as the simulated Atlas in the same process takes it. */
export function incomingOf({ method, url, headers, body = '' }: HttpRequest): Incoming {
  const { pathname, search, searchParams } = url;
  return { method, target: pathname + search, path: pathname, query: searchParams, headers, body };
}

/** What Atlas answers, as a client gets it. */
export function outcomeOf(answer: Answer): HttpReply | HttpFailure {
  if (answer.kind !== 'reply') return failure('the connection was cut', true);
  const { status, headers, body } = answer.reply;
  const lowered = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return { kind: 'reply', status, headers: Object.fromEntries<string>(lowered), body };
}

/** Why there is no answer; `sent` when the request may have arrived all the same. */
export function failure(what: string, sent: boolean): HttpFailure {
  return { kind: 'failure', sent, tooLarge: false, what };
}

/** A message to a system of a user's: all of them are the simulator's inbox. */
export function inboxRequest({ url, headers, body }: OutboundRequest): Incoming {
  return {
    method: 'POST',
    target: '/simulator/inbox',
    path: '/simulator/inbox',
    query: new URLSearchParams(),
    headers: { ...headers, 'lifeboat-meant-for': url },
    body,
  };
}
