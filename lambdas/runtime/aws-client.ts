import { NodeHttpHandler } from '@smithy/node-http-handler';

/** Milliseconds for one attempt, from its start to the last byte of the reply. */
const LONGEST_ATTEMPT = 20_000;

/**
 * The SDK's way of sending, with a limit for the whole of each attempt: its own timeouts end a connection, a reply without headers and
 * a silent body, but not a body that trickles.
 */
class BoundedHandler extends NodeHttpHandler {
  override handle(...[request, options]: Parameters<NodeHttpHandler['handle']>) {
    const limit = AbortSignal.timeout(LONGEST_ATTEMPT);
    const given = options?.abortSignal as AbortSignal | undefined;
    return super.handle(request, {
      ...options,
      abortSignal: given === undefined ? limit : AbortSignal.any([given, limit]),
    });
  }
}

/**
 * What every client of AWS's SDK is made with, once per process. Region, credentials, endpoints and FIPS come from the environment, as the
 * SDK reads them there. The connections are shared by all clients.
 *
 * A throttled or lost request is sent up to four times, so it may arrive twice: every call of Lifeboat's has the same effect then.
 */
export const CLIENT_SETTINGS = {
  maxAttempts: 4,
  requestHandler: new BoundedHandler({
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
    throwOnRequestTimeout: true,
    socketTimeout: 10_000,
  }),
};
