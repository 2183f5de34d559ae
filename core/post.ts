import { lookup as systemLookup } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { mayReach, type Reach } from './outbound-address.ts';
import {
  OutboundError,
  OutboundRefusedError,
  type Outbound,
  type OutboundReply,
  type OutboundRequest,
} from './outbound.ts';

/** Milliseconds of the machine: a receiver that takes longer is asked again later. */
const LONGEST_WAIT = 10_000;

/**
 * Posts to systems of the user's own. The addresses that a name resolves to are checked as they are connected to, so that no
 * name can lead anywhere else than it did when it was checked. An address may be a secret and an answer may repeat one, so
 * neither is in an error.
 *
 * @param lookup resolves names; the system's resolver by default.
 */
export function postWith(reach: Reach, lookup: typeof systemLookup = systemLookup): Outbound['post'] {
  return async ({ url, headers, body }: OutboundRequest): Promise<OutboundReply> => {
    const { hostname, protocol } = new URL(url);
    const host = hostname.replace(/^\[|\]$/g, '');
    // Of an address nothing is looked up.
    if (isIP(host) !== 0 && !mayReach(host, reach)) throw refused();
    const signal = AbortSignal.timeout(LONGEST_WAIT);
    try {
      return await new Promise((resolve, reject) => {
        const send = protocol === 'https:' ? httpsRequest : httpRequest;
        const length = { 'content-length': String(Buffer.byteLength(body)) };
        send(
          url,
          {
            method: 'POST',
            headers: { ...headers, ...length },
            signal,
            agent: false,
            lookup: checked(reach, lookup),
          },
          (reply) => {
            // What it says is nobody's business here. Redirects are not followed.
            reply.destroy();
            resolve({ status: reply.statusCode ?? 0 });
          },
        )
          .on('error', reject)
          .end(body);
      });
    } catch (error) {
      if (error instanceof OutboundRefusedError) throw error;
      throw new OutboundError(signal.aborted ? `none within ${LONGEST_WAIT / 1000} s` : reasonOf(error), {
        next: 'Check whether the receiver is up and can be reached.',
      });
    }
  };
}

/** Resolves a name to addresses that may be reached. One that may not refuses the name: it leads to both. */
function checked(reach: Reach, lookup: typeof systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, '');
      } else if (addresses.some(({ address }) => !mayReach(address, reach))) {
        callback(refused(), '');
      } else if (options.all === true) {
        callback(null, addresses);
      } else {
        const [first] = addresses;
        if (first === undefined) callback(new Error('no address'), '');
        else callback(null, first.address, first.family);
      }
    });
  };
}

function refused(): OutboundRefusedError {
  return new OutboundRefusedError(
    'it leads to an address that Lifeboat does not post to: a private, local or reserved one',
    {
      changed: 'Nothing was sent.',
      next: 'Name a receiver with a public address; docs/notifications.md tells what can be reached from where.',
    },
  );
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'the connection failed';
}
