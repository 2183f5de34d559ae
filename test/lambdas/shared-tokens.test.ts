import { describe, expect, it } from 'vitest';
import type { AccessToken } from '../../core/atlas/shared-tokens.ts';
import { LeaseHeldError } from '../../core/jobs/errors.ts';
import type { Lease } from '../../core/jobs/store.ts';
import { sharedTokens } from '../../lambdas/runtime/shared-tokens.ts';

const HOUR = 3_600_000;

/** Functions that share a place for the token, the leases of the history, and a time that goes by when somebody sleeps. */
function installation() {
  let now = Date.parse('2026-08-10T03:00:00Z');
  let kept: Readonly<Record<string, string>> = {};
  let lease: Lease | undefined;
  let fetched = 0;
  const clock = {
    now: () => now,
    async sleep(milliseconds: number) {
      const end = now + milliseconds;
      await new Promise((resolve) => setImmediate(resolve));
      // Whoever sleeps at the same time wakes at the same time.
      now = Math.max(now, end);
    },
  };
  const place = {
    read: () => Promise.resolve(kept),
    write: (content: Readonly<Record<string, string>>) => Promise.resolve(void (kept = content)),
  };
  const leases = {
    takeLease(wanted: Lease, at: string) {
      if (lease !== undefined && lease.owner !== wanted.owner && lease.expiresAt >= at)
        return Promise.reject(new LeaseHeldError('held'));
      lease = wanted;
      return Promise.resolve();
    },
    giveBackLease(_: string, owner: string) {
      if (lease?.owner === owner) lease = undefined;
      return Promise.resolve();
    },
  };
  const fetchOne = async (): Promise<AccessToken> => {
    fetched += 1;
    const value = `token-${fetched}`;
    await new Promise((resolve) => setImmediate(resolve));
    return { value, expiresAt: now + HOUR };
  };
  return {
    place,
    leases,
    fetchOne,
    fetches: () => fetched,
    pass: (milliseconds: number) => void (now += milliseconds),
    isGood: ({ expiresAt }: AccessToken) => now < expiresAt,
    tokens: () => sharedTokens(place, leases, clock),
  };
}

describe('a shared token', () => {
  it('is fetched once for a thousand functions that want one at the same time', async () => {
    const all = installation();
    const wanted = Array.from({ length: 1000 }, () => all.tokens().obtain('me', all.isGood, all.fetchOne));
    const values = new Set((await Promise.all(wanted)).map(({ value }) => value));
    expect(values).toEqual(new Set(['token-1']));
    expect(all.fetches()).toBe(1);
  });

  it('is fetched again once it has expired, or when it was refused', async () => {
    const all = installation();
    await all.tokens().obtain('me', all.isGood, all.fetchOne);
    all.pass(2 * HOUR);
    const second = await all.tokens().obtain('me', all.isGood, all.fetchOne);
    const third = await all.tokens().obtain('me', ({ value }) => value !== second.value, all.fetchOne);
    expect([second.value, third.value]).toEqual(['token-2', 'token-3']);
  });

  it('of other credentials is worth nothing', async () => {
    const all = installation();
    await all.tokens().obtain('before', all.isGood, all.fetchOne);
    const mine = await all.tokens().obtain('after', all.isGood, all.fetchOne);
    expect(mine.value).toBe('token-2');
  });

  it('is not waited for when the function that fetches it has died', async () => {
    const all = installation();
    const dead = all.tokens().obtain('me', all.isGood, () => new Promise<never>(() => undefined));
    await new Promise((resolve) => setImmediate(resolve));
    const mine = await all.tokens().obtain('me', all.isGood, all.fetchOne);
    expect(mine.value).toBe('token-1');
    void dead;
  });

  it('that can not be fetched is the failure of whoever wanted it, and lets the next one try', async () => {
    const all = installation();
    const refuse = () => Promise.reject(new Error('refused'));
    await expect(all.tokens().obtain('me', all.isGood, refuse)).rejects.toThrow('refused');
    await expect(all.tokens().obtain('me', all.isGood, all.fetchOne)).resolves.toMatchObject({
      value: 'token-1',
    });
  });
});
