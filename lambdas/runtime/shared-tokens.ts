import { randomUUID } from 'node:crypto';
import type { AccessToken, SharedTokens } from '../../core/atlas/shared-tokens.ts';
import { isoTime, type Clock } from '../../core/clock.ts';
import { LeaseHeldError } from '../../core/jobs/errors.ts';
import type { JobStore } from '../../core/jobs/store.ts';
import type { SecretContent } from './secrets.ts';

/** What fetching a token may take before another function tries, in milliseconds. */
const PATIENCE = 15_000;
/** How long the others are waited for: several of them may have tried by then. Milliseconds. */
const LONGEST_WAIT = 3 * PATIENCE;
/** Between two looks whether the other one has it, in milliseconds. */
const LOOK_AGAIN = 500;

/** Where the shared token is kept, encrypted, and where only those may read it who may use it. */
export interface TokenPlace {
  read(): Promise<SecretContent>;
  write(content: SecretContent): Promise<void>;
}

/**
 * Tokens shared between functions. Who finds none that is good takes a lease and fetches one; the others wait for it. When
 * it does not come, because its fetcher died or Atlas did not answer, each fetches its own.
 */
export function sharedTokens(
  place: TokenPlace,
  leases: Pick<JobStore, 'takeLease' | 'giveBackLease'>,
  clock: Clock,
): SharedTokens {
  async function fetchAlone(clientId: string, fetchOne: () => Promise<AccessToken>): Promise<AccessToken> {
    const token = await fetchOne();
    await place.write({ clientId, value: token.value, expiresAt: String(token.expiresAt) });
    return token;
  }

  return {
    async obtain(clientId, isGood, fetchOne) {
      const found = async () => {
        const token = tokenIn(await place.read(), clientId);
        return token !== undefined && isGood(token) ? token : undefined;
      };
      const target = `atlas-token/${clientId}`;
      const giveUpAt = clock.now() + LONGEST_WAIT;
      for (;;) {
        const there = await found();
        if (there !== undefined) return there;
        const owner = randomUUID();
        if (await tookLease(leases, { target, owner }, clock)) {
          try {
            // It may have come between the look and the lease.
            return (await found()) ?? (await fetchAlone(clientId, fetchOne));
          } finally {
            // It lapses by itself, and is no reason to give up a token that is there.
            await leases.giveBackLease(target, owner).catch(() => undefined);
          }
        }
        if (clock.now() >= giveUpAt) return fetchAlone(clientId, fetchOne);
        await clock.sleep(LOOK_AGAIN);
      }
    },
  };
}

/** The token that is kept, if it is of this service account: after a change of credentials the old one is worth nothing. */
function tokenIn(content: SecretContent, clientId: string): AccessToken | undefined {
  const { value, expiresAt } = content;
  if (content.clientId !== clientId || value === undefined) return undefined;
  return { value, expiresAt: Number(expiresAt) };
}

async function tookLease(
  leases: Pick<JobStore, 'takeLease'>,
  { target, owner }: { readonly target: string; readonly owner: string },
  clock: Clock,
): Promise<boolean> {
  const now = clock.now();
  try {
    await leases.takeLease({ target, owner, expiresAt: isoTime(now + PATIENCE) }, isoTime(now));
    return true;
  } catch (error) {
    if (error instanceof LeaseHeldError) return false;
    throw error;
  }
}
