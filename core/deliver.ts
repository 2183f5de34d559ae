import { OutboundError, OutboundRefusedError, type Outbound } from './outbound.ts';
import { webUrl } from './runbooks/fields.ts';
import { signatureOf } from './signature.ts';

/** Where something is posted to, as a runbook says it: an address, or the name of the secret that holds it. */
export interface Destination {
  readonly url?: string | undefined;
  readonly urlSecret?: string | undefined;
  /** Name of the secret that it is signed with. */
  readonly signingSecret?: string | undefined;
}

/** Something to post. */
export interface Parcel {
  /** The same on every repetition, so that a receiver can tell one: `JOB/WHAT`. */
  readonly delivery: string;
  /** JSON. */
  readonly body: string;
}

/**
 * What came of it. `again`: it may be taken later, or was taken and the answer was lost. `refused`: it will not be taken
 * without a change. `reason` continues the sentence "The address …", and holds neither the address nor the answer.
 */
export type Delivered =
  | { readonly outcome: 'taken'; readonly status: number }
  | { readonly outcome: 'again' | 'refused'; readonly status?: number; readonly reason: string };

/** Answers below 500 that pass: too slow, too early, too many requests. */
const PASSING = new Set([408, 425, 429]);

/**
 * Posts a parcel, once, signed where the destination says so.
 *
 * @param now milliseconds since the UNIX epoch.
 */
export async function deliver(
  { url, urlSecret, signingSecret }: Destination,
  { delivery, body }: Parcel,
  outbound: Outbound,
  now: number,
): Promise<Delivered> {
  const address = url ?? (await secretNamed(urlSecret ?? '', outbound));
  if (address === undefined) return refused(`is not known: the secret ${urlSecret ?? ''} is not set`);
  if (!webUrl.safeParse(address).success || !URL.canParse(address))
    return refused('is none that can be posted to: it has to begin with https://, without name or password');
  const secret = signingSecret === undefined ? undefined : await secretNamed(signingSecret, outbound);
  if (signingSecret !== undefined && secret === undefined)
    return refused(`was not posted to: the secret ${signingSecret}, to sign with, is not set`);
  const headers = {
    'content-type': 'application/json',
    'lifeboat-delivery': delivery,
    ...(secret !== undefined && {
      'lifeboat-signature': signatureOf(body, secret, Math.floor(now / 1000)),
    }),
  };
  try {
    const { status } = await outbound.post({ url: address, headers, body });
    return judge(status);
  } catch (error) {
    if (error instanceof OutboundRefusedError) return refused(`was not posted to, because ${error.message}`);
    if (!(error instanceof OutboundError)) throw error;
    return { outcome: 'again', reason: `gave no answer (${error.message})` };
  }
}

/** A destination as people may read it: the host, or the name of the secret. A path may be half a secret itself. */
export function nameOf({ url, urlSecret }: Destination): string {
  return url === undefined || !URL.canParse(url) ? `the address in ${urlSecret ?? ''}` : new URL(url).host;
}

function judge(status: number): Delivered {
  if (status >= 200 && status < 300) return { outcome: 'taken', status };
  const reason = `answered with status ${status}`;
  if (status >= 500 || PASSING.has(status)) return { outcome: 'again', status, reason };
  const more = status >= 300 && status < 400 ? `${reason}, a redirect, which is not followed` : reason;
  return { outcome: 'refused', status, reason: more };
}

function refused(reason: string): Delivered {
  return { outcome: 'refused', reason };
}

/** Secrets that come out of files often end in a line break; a blank value is none. */
async function secretNamed(name: string, outbound: Outbound): Promise<string | undefined> {
  const value = (await outbound.secret(name))?.trim();
  return value === '' ? undefined : value;
}
