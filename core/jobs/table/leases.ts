import { LeaseHeldError } from '../errors.ts';
import type { JobStore, Lease } from '../store.ts';
import type { Table } from './table.ts';
import { deleteItemIf, putItemIf, readItem, type Item, type ItemKey } from './write-item.ts';

/** How often a lease that was just given back is tried again before it is called held. */
const MAX_ROUNDS = 5;

/** The right to work on a target: one item a target, that expires by itself. */
export function leases(table: Table): Pick<JobStore, 'takeLease' | 'giveBackLease' | 'lease'> {
  return {
    async takeLease(lease, now) {
      const condition = {
        expression: 'attribute_not_exists(#pk) OR #owner = :owner OR #expiresAtMs < :now',
        values: { owner: lease.owner, now: Date.parse(now) },
      };
      let holder: Lease | undefined;
      for (let round = 0; round < MAX_ROUNDS; round += 1) {
        const outcome = await putItemIf(table, leaseItem(lease), condition);
        if (outcome.written) return;
        holder = outcome.present === undefined ? undefined : leaseIn(outcome.present);
        if (holder !== undefined) break;
      }
      throw leaseHeld(lease.target, holder);
    },

    giveBackLease: (target, owner) =>
      deleteItemIf(table, leaseKey(target), { expression: '#owner = :owner', values: { owner } }),

    async lease(target) {
      const item = await readItem(table, leaseKey(target));
      return item === undefined ? undefined : leaseIn(item);
    },
  };
}

function leaseKey(target: string): ItemKey {
  return { pk: `LEASE#${target}`, sk: 'LEASE' };
}

function leaseItem(lease: Lease): Item {
  const expiresAtMs = Date.parse(lease.expiresAt);
  return {
    ...leaseKey(lease.target),
    target: lease.target,
    owner: lease.owner,
    expiresAt: lease.expiresAt,
    expiresAtMs,
    deleteAfter: Math.ceil(expiresAtMs / 1000),
  };
}

function leaseIn(item: Item): Lease {
  return { target: String(item.target), owner: String(item.owner), expiresAt: String(item.expiresAt) };
}

function leaseHeld(target: string, holder: Lease | undefined): LeaseHeldError {
  const who = holder === undefined ? 'another job' : `job ${holder.owner} until ${holder.expiresAt}`;
  return new LeaseHeldError(`${target} is held by ${who}; one job at a time may work on a target.`, {
    changed: 'Nothing was changed.',
    next:
      holder === undefined
        ? 'Try again when that job has ended.'
        : `Wait for it, or look at it with: lifeboat jobs show ${holder.owner}`,
  });
}
