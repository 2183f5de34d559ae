import { describe, expect, it } from 'vitest';
import { JobConflictError, LeaseHeldError } from '../../../../core/jobs/errors.ts';
import type { JobStore } from '../../../../core/jobs/store.ts';
import { TABLES, useTable } from '../../../support/tables.ts';

describe.each(TABLES)('the history in %s', (_name, openTable) => {
  let store: JobStore;
  useTable(openTable, (_table, made) => {
    store = made;
  });

  const at = (minute: number, milliseconds = 0) =>
    new Date(Date.UTC(2026, 7, 10, 12, minute, 0, milliseconds)).toISOString();
  const lease = (target: string, owner: string, minute: number) => ({ target, owner, expiresAt: at(minute) });

  describe('leases', () => {
    it('go to one of 100 who want the same target', async () => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 100 }, (_, nth) => store.takeLease(lease('p/raced', `job-${nth}`, 30), at(0))),
      );
      expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
      const winner = `job-${outcomes.findIndex((outcome) => outcome.status === 'fulfilled')}`;
      expect(await store.lease('p/raced')).toEqual(lease('p/raced', winner, 30));
    });

    it('name the holder and the expiry to who comes second', async () => {
      await store.takeLease(lease('p/held', 'first', 30), at(0));
      const second = store.takeLease(lease('p/held', 'second', 40), at(29));
      await expect(second).rejects.toThrow(LeaseHeldError);
      await expect(second).rejects.toMatchObject({
        retryable: false,
        message: `p/held is held by job first until ${at(30)}; one job at a time may work on a target.`,
      });
    });

    it('are renewed by their holder, also after they expired', async () => {
      await store.takeLease(lease('p/renewed', 'first', 30), at(0));
      await store.takeLease(lease('p/renewed', 'first', 60), at(10));
      await store.takeLease(lease('p/renewed', 'first', 90), at(70));
      expect(await store.lease('p/renewed')).toEqual(lease('p/renewed', 'first', 90));
    });

    it('are free the moment after they expire, and not at it', async () => {
      await store.takeLease(lease('p/expired', 'first', 30), at(0));
      await expect(store.takeLease(lease('p/expired', 'second', 60), at(30))).rejects.toThrow(LeaseHeldError);
      await store.takeLease(lease('p/expired', 'second', 60), at(30, 1));
      expect((await store.lease('p/expired'))?.owner).toBe('second');
    });

    it('are given back by their holder and by nobody else', async () => {
      await store.takeLease(lease('p/back', 'first', 30), at(0));
      await store.giveBackLease('p/back', 'second');
      expect((await store.lease('p/back'))?.owner).toBe('first');
      await store.giveBackLease('p/back', 'first');
      expect(await store.lease('p/back')).toBeUndefined();
      await store.giveBackLease('p/back', 'first');
      await store.takeLease(lease('p/back', 'second', 30), at(0));
      await store.giveBackLease('p/back', 'first');
      expect((await store.lease('p/back'))?.owner).toBe('second');
    });

    it('are not taken again by who gave them back, whose request comes late', async () => {
      await store.takeLease(lease('p/late', 'first', 30), at(0));
      await store.giveBackLease('p/late', 'first');
      const late = store.takeLease(lease('p/late', 'first', 35), at(5));
      await expect(late).rejects.toThrow(JobConflictError);
      await expect(late).rejects.toMatchObject({ retryable: true });
      expect(await store.lease('p/late')).toBeUndefined();
    });

    it('of different targets do not touch each other', async () => {
      await store.takeLease(lease('p/one', 'first', 30), at(0));
      await store.takeLease(lease('p/two', 'second', 30), at(0));
    });
  });
});
