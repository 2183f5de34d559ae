import { JobConflictError, LeaseHeldError } from '../errors.ts';
import { isSimulated } from '../lease-name.ts';
import { SIMULATED } from '../simulated.ts';
import type { JobStore, Lease } from '../store.ts';
import { absent, below, different, equal, IS_NEW, present, type Condition } from './condition.ts';
import type { Table } from './table.ts';
import type { Item, ItemKey } from './item.ts';
import { putItemIf, readItem } from './write-item.ts';

/** How often a lease that was just given back is tried again before it is called held. */
const MAX_ROUNDS = 5;

/**
 * Free is what nobody ever had, what has lapsed, and what another one gave back. Who gave a lease back gets it no more: such a
 * request was sent before the job had ended, and comes late. Its own `now`, by which nothing has lapsed, is as old as it is.
 */
const mayTake = (owner: string, now: string): Condition => [
  ...IS_NEW,
  [below('expiresAtMs', Date.parse(now))],
  [equal('owner', owner), absent('givenBack')],
  [different('owner', owner), present('givenBack')],
];

/** The right to work on a target: one item a target, that expires by itself. */
export function leases(table: Table): Pick<JobStore, 'takeLease' | 'giveBackLease' | 'lease'> {
  return {
    async takeLease(lease, now) {
      const condition = mayTake(lease.owner, now);
      let holder: Lease | undefined;
      for (let round = 0; round < MAX_ROUNDS; round += 1) {
        const outcome = await putItemIf(table, leaseItem(lease), condition);
        if (outcome.written) return;
        if (outcome.present?.owner === lease.owner) throw givenBack(lease);
        holder = leaseIn(outcome.present);
        if (holder !== undefined) break;
      }
      throw leaseHeld(lease.target, holder);
    },

    async giveBackLease(target, owner) {
      const item = await readItem(table, leaseKey(target));
      if (item?.owner !== owner || item.givenBack !== undefined) return;
      // Marked, and left to expire: where nothing stands, a late renewal would be taken for a first request.
      await putItemIf(table, { ...item, givenBack: 1 }, [[equal('owner', owner)]]);
    },

    lease: async (target) => leaseIn(await readItem(table, leaseKey(target))),
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

/** The lease that an item holds; undefined when it was given back. */
function leaseIn(item: Item | undefined): Lease | undefined {
  if (item === undefined || item.givenBack !== undefined) return undefined;
  return { target: String(item.target), owner: String(item.owner), expiresAt: String(item.expiresAt) };
}

function givenBack(lease: Lease): JobConflictError {
  const { target, owner } = lease;
  return new JobConflictError(
    `Job ${holderName(lease)} has given ${target} back: another process brought it to its end.`,
    {
      changed: 'Nothing was changed.',
      next: `Look at it with: lifeboat jobs show ${owner}`,
    },
  );
}

/** The job that holds a lease for a sentence, marked where it is simulated. */
export function holderName({ target, owner }: Lease): string {
  return isSimulated(target) ? `${owner} (${SIMULATED})` : owner;
}

function leaseHeld(target: string, holder: Lease | undefined): LeaseHeldError {
  const who = holder === undefined ? 'another job' : `job ${holderName(holder)} until ${holder.expiresAt}`;
  return new LeaseHeldError(`${target} is held by ${who}; one job at a time may work on a target.`, {
    changed: 'Nothing was changed.',
    next:
      holder === undefined
        ? 'Try again when that job has ended.'
        : `Wait for it, or look at it with: lifeboat jobs show ${holder.owner}`,
  });
}
