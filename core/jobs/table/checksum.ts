import { createHash } from 'node:crypto';
import { canonicalJson } from '../chain.ts';
import { HistoryDamagedError } from '../errors.ts';
import type { Item } from './item.ts';

/** Hexadecimal digits of a checksum: 64 bits, against bits that flip and not against people. */
const DIGITS = 16;

/** The beginning of SHA-256, in hexadecimal, over the canonical JSON of a value. */
export function checksumOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, DIGITS);
}

/** An item with its checksum, which replaces one that it had. */
export function withChecksum(item: Item): Item {
  // What is undefined is not part of canonical JSON.
  return { ...item, checksum: checksumOf({ ...item, checksum: undefined }) };
}

/** Whether an item gives its checksum. One that an earlier version of Lifeboat wrote has none, and counts as intact. */
export function isIntact(item: Item): boolean {
  return item.checksum === undefined || item.checksum === checksumOf({ ...item, checksum: undefined });
}

/**
 * The item, if it is as Lifeboat wrote it.
 *
 * @throws HistoryDamagedError which names the job, or whatever else the item is about.
 */
export function intact(item: Item): Item {
  if (isIntact(item)) return item;
  throw damagedItem(nameOf(item));
}

/** @param what names the item at the beginning of a sentence. */
export function damagedItem(what: string, cause?: unknown): HistoryDamagedError {
  return new HistoryDamagedError(`${what} is damaged: it is not as Lifeboat wrote it.`, {
    changed: 'Nothing was changed.',
    next: 'Restore the history from a backup: the whole home of one machine, or the table on AWS to a point in time. Other jobs can be read and run as before.',
    cause,
  });
}

/** What an item is, for the beginning of a sentence, by its key. */
function nameOf({ pk, sk }: Item): string {
  const [kind = '', ...rest] = pk.split('#');
  const name = rest.join('#');
  if (kind === 'JOB') {
    const sequence = /^EVENT#0*(\d+)$/.exec(sk)?.[1];
    return sequence === undefined ? `The record of job ${name}` : `Event ${sequence} of job ${name}`;
  }
  if (kind === 'LEASE') return `The lease on ${name}`;
  if (kind === 'IDEMPOTENCY') return 'A request that was kept under its idempotency key';
  return `The item ${pk} ${sk}`;
}
