import { createHash } from 'node:crypto';
import type { NewEvent, TimelineEvent } from './timeline.ts';

/** What the first event of a timeline has for its `previousHash`. */
export const FIRST_PREVIOUS_HASH = '0'.repeat(64);

/** The outcome of looking at a whole timeline: sound, or broken at the place `sequence`. */
export type ChainVerdict =
  | { readonly ok: true; readonly lastHash: string; readonly count: number }
  | { readonly ok: false; readonly sequence: number; readonly reason: string };

/**
 * The one text of a value: keys sorted by UTF-16 code unit, no white space, numbers and strings as ECMAScript
 * writes them (RFC 8785). Keys whose value is undefined are left out, as JSON does.
 *
 * @throws TypeError for what JSON cannot hold: NaN, the infinities, functions, symbols, bigints.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${value} has no JSON form.`);
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean'
  ) {
    return JSON.stringify(value);
  }
  throw new TypeError(`A ${typeof value} has no JSON form.`);
}

/** SHA-256, in hexadecimal, over an event's canonical JSON in UTF-8; its own `hash` is left out of it. */
function eventHash(event: Omit<TimelineEvent, 'hash'>): string {
  const content = { ...event, hash: undefined };
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}

/**
 * Gives an event its place in the timeline: the next sequence, the hash of the event before, its own hash.
 *
 * @param previous the last event so far; undefined when there is none.
 */
export function sealEvent(
  jobId: string,
  event: NewEvent,
  previous: TimelineEvent | undefined,
): TimelineEvent {
  const placed = {
    ...event,
    jobId,
    sequence: (previous?.sequence ?? 0) + 1,
    previousHash: previous?.hash ?? FIRST_PREVIOUS_HASH,
  };
  return { ...placed, hash: eventHash(placed) };
}

/**
 * Whether a timeline, oldest first, is whole and as it was written. A cut at its end cannot be seen from the events
 * alone: compare `count` and `lastHash` with those that the report holds.
 */
export function verifyChain(events: readonly TimelineEvent[]): ChainVerdict {
  let previous: TimelineEvent | undefined;
  for (const event of events) {
    const reason = faultOf(event, previous);
    if (reason !== undefined) return { ok: false, sequence: (previous?.sequence ?? 0) + 1, reason };
    previous = event;
  }
  return { ok: true, lastHash: previous?.hash ?? FIRST_PREVIOUS_HASH, count: events.length };
}

function faultOf(event: TimelineEvent, previous: TimelineEvent | undefined): string | undefined {
  const expected = (previous?.sequence ?? 0) + 1;
  if (previous !== undefined && event.jobId !== previous.jobId) {
    return `Event ${expected} belongs to job ${event.jobId}, not to ${previous.jobId}.`;
  }
  if (event.sequence !== expected) {
    return event.sequence > expected
      ? `Event ${expected} is missing: event ${event.sequence} stands in its place.`
      : `Event ${event.sequence} stands where event ${expected} should: the order was changed.`;
  }
  if (event.previousHash !== (previous?.hash ?? FIRST_PREVIOUS_HASH)) {
    return `Event ${expected} does not name the hash of the event before it.`;
  }
  if (event.hash !== eventHash(event)) {
    return `Event ${expected} was changed after it was written: its content does not give its hash.`;
  }
  return undefined;
}
