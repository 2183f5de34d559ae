import type { Outbound } from '../core/outbound.ts';
import { postWith } from '../core/post.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const post = postWith('networks');

/** The way to systems of the user's own, with secrets from the environment. */
export function outboundWith(env: Environment): Outbound {
  return { post, secret: (name) => Promise.resolve(env[name]) };
}

/**
 * The way of a simulated job: whatever it posts goes to the inbox of its simulator, and no further. Secrets are made up, so
 * that a rehearsal needs none, and none can leave with it.
 *
 * @param simulatorUrl the origin of the simulator.
 */
export function practiceOutbound(simulatorUrl: string): Outbound {
  return {
    post: ({ url, headers, body }) =>
      post({
        url: `${simulatorUrl}/simulator/inbox`,
        headers: { ...headers, 'lifeboat-meant-for': url },
        body,
      }),
    // Good as an address too; names under .invalid lead nowhere (RFC 2606).
    secret: (name) => Promise.resolve(`https://practice.invalid/${name}`),
  };
}
