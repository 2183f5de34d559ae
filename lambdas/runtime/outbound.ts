import type { Outbound } from '../../core/outbound.ts';
import { postWith } from '../../core/post.ts';
import { readEnvironment } from './environment.ts';
import { readSecret } from './secrets.ts';

/** The way to systems of the user's own, with the secrets that runbooks name out of one secret of Secrets Manager. */
export const outbound: Outbound = {
  post: (request) => postWith(readEnvironment('outbound').LIFEBOAT_OUTBOUND_REACH)(request),
  async secret(name) {
    const { LIFEBOAT_OUTBOUND_SECRET } = readEnvironment('outbound');
    return (await readSecret(LIFEBOAT_OUTBOUND_SECRET))[name];
  },
};
