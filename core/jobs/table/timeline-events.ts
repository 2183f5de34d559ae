import { sealEvent } from '../chain.ts';
import { isEnd, mayFollowEnd } from '../end-event.ts';
import { JobClosedError, JobConflictError } from '../errors.ts';
import type { JobStore } from '../store.ts';
import type { NewEvent, TimelineEvent } from '../timeline.ts';
import { intact } from './checksum.ts';
import { IS_NEW } from './condition.ts';
import { readDocument } from './document.ts';
import { jobKey } from './job-item.ts';
import type { ItemQuery, Table } from './table.ts';
import type { Item, ItemKey } from './item.ts';
import { putItemIf, reaching } from './write-item.ts';

/**
 * How often an append looks for a free place. Each lost round means that somebody else's event was written, so this
 * many writers may append to one timeline at once without one of them failing.
 */
const MAX_ROUNDS = 512;

/** Digits of a sequence inside a key: keys sort as text. */
const SEQUENCE_DIGITS = 8;

/** The timelines of jobs: one item an event, written once. */
export function timelineEvents(table: Table): Pick<JobStore, 'append' | 'timeline'> {
  return {
    async append(jobId, event) {
      for (let round = 0; round < MAX_ROUNDS; round += 1) {
        // Two writers with one `once` key compete for the same sequence; the loser reads again and finds the winner's.
        const events = await eventsFor(table, jobId, event);
        const there = events.find((one) => one.once !== undefined && one.once === event.once);
        if (there !== undefined) return there;
        // The event takes the place after the last that was read, so no end can come between.
        if (events.some(isEnd) && !mayFollowEnd(event)) throw closed(jobId, event);
        const sealed = sealEvent(jobId, event, events.at(-1));
        const outcome = await putItemIf(table, eventItem(sealed), IS_NEW);
        if (outcome.written) return sealed;
      }
      throw new JobConflictError(`The timeline of job ${jobId} is written to by too many at once.`, {
        changed: `The event ${event.type} was not written.`,
        next: 'Do it again.',
      });
    },

    timeline: (jobId) => allEvents(table, jobId),
  };
}

/** The events that decide whether and where a new one is written: the last, or all where that is not enough. */
async function eventsFor(table: Table, jobId: string, event: NewEvent): Promise<TimelineEvent[]> {
  if (event.once !== undefined) return allEvents(table, jobId);
  const last = await lastEvent(table, jobId);
  // Behind one of these the end may stand.
  return last.some(mayFollowEnd) && !mayFollowEnd(event) ? allEvents(table, jobId) : last;
}

function closed(jobId: string, { type }: NewEvent): JobClosedError {
  return new JobClosedError(`Job ${jobId} has ended: its timeline is closed.`, {
    changed: `The event ${type} was not recorded.`,
    next: `See how it ended: lifeboat jobs show ${jobId}`,
  });
}

async function lastEvent(table: Table, jobId: string): Promise<TimelineEvent[]> {
  return eventsIn(table, { ...eventsOf(jobId), descending: true, limit: 1 });
}

async function allEvents(table: Table, jobId: string): Promise<TimelineEvent[]> {
  return eventsIn(table, eventsOf(jobId));
}

async function eventsIn(table: Table, query: ItemQuery): Promise<TimelineEvent[]> {
  const items = await reaching(table, () => table.query(query));
  return items.map((item) => eventOf(intact(item)));
}

function eventsOf(jobId: string): ItemQuery {
  return { pk: jobKey(jobId).pk, prefix: 'EVENT#' };
}

function eventKey(jobId: string, sequence: number): ItemKey {
  return { pk: jobKey(jobId).pk, sk: `EVENT#${String(sequence).padStart(SEQUENCE_DIGITS, '0')}` };
}

/** The event is kept as JSON text, the same that was hashed, so that it comes back as it was, byte for byte. */
function eventItem(event: TimelineEvent): Item {
  return { ...eventKey(event.jobId, event.sequence), document: JSON.stringify(event) };
}

function eventOf(item: Item): TimelineEvent {
  return readDocument(item, `${item.sk} of ${item.pk}`) as TimelineEvent;
}
