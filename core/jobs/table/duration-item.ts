import { createHash } from 'node:crypto';
import type { Duration } from '../../durations.ts';
import type { WorkClass } from '../durations-store.ts';
import type { Item, ItemKey } from './item.ts';

/** How many durations a class keeps. Its item stays below 4 KB, so that reading it costs one unit. */
const MAX_DURATIONS = 200;

/** Characters of a mark: 36 bits, so that two of 200 are alike about once in three million classes. */
const MARK_CHARACTERS = 6;

/** A duration as it is kept: whose it is, and its seconds; two numbers where the end was only seen. */
type Entry = readonly [mark: string, after: number, by?: number];

/** What a class knows. `version` is 0 when nothing was ever written. */
export interface KnownDurations {
  readonly version: number;
  readonly entries: readonly Entry[];
}

/** A duration to be added. */
export interface NewDuration {
  readonly once: string;
  readonly duration: Duration;
}

/** Key of the item of a class. */
export function durationsKey({ operation, kind, sizeClass }: WorkClass): ItemKey {
  const size = sizeClass === null ? 'ANY' : String(sizeClass).padStart(2, '0');
  return { pk: `DURATIONS#${operation}/${kind}`, sk: `SIZE#${size}` };
}

/** The item as it is written over version `known.version`. */
export function durationsItem(work: WorkClass, known: KnownDurations): Item {
  return { ...durationsKey(work), version: known.version + 1, document: JSON.stringify(known.entries) };
}

/**
 * What an item holds. What is not as Lifeboat wrote it is left out, and the next duration writes over it: a statistic is not
 * worth a job that fails.
 */
export function knownIn(item: Item | undefined): KnownDurations {
  const version = typeof item?.version === 'number' ? item.version : 0;
  const list = item === undefined ? [] : parsed(item.document);
  return { version, entries: Array.isArray(list) ? list.filter(isEntry) : [] };
}

/** The durations of a class, oldest first. */
export function durationsIn({ entries }: KnownDurations): Duration[] {
  return entries.map(([, after, by = after]) => ({ afterSeconds: after, bySeconds: by }));
}

/** Adds what is not there yet, and lets the oldest go. Gives back the same object when there is nothing to add. */
export function withDurations(known: KnownDurations, added: readonly NewDuration[]): KnownDurations {
  const there = new Set(known.entries.map(([mark]) => mark));
  const fresh = new Map(added.map((one) => [markOf(one.once), one.duration]));
  for (const mark of there) fresh.delete(mark);
  if (fresh.size === 0) return known;
  const entries = [...known.entries, ...[...fresh].map(([mark, duration]) => entryOf(mark, duration))];
  return { ...known, entries: entries.slice(-MAX_DURATIONS) };
}

function entryOf(mark: string, { afterSeconds, bySeconds }: Duration): Entry {
  const after = Math.round(afterSeconds);
  const by = Math.round(bySeconds);
  return after === by ? [mark, by] : [mark, after, by];
}

function markOf(once: string): string {
  return createHash('sha256').update(once).digest('base64url').slice(0, MARK_CHARACTERS);
}

function parsed(text: string | number | undefined): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is Entry {
  if (!Array.isArray(value)) return false;
  const [mark, after, by = after] = value as unknown[];
  return typeof mark === 'string' && isSeconds(after) && isSeconds(by) && after <= by;
}

function isSeconds(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
