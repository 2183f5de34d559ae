import { secondsBetween } from '../clock.ts';
import type { Job } from '../jobs/job.ts';
import type { NoticeRecord } from '../jobs/notice-record.ts';
import { channelsOf } from '../jobs/channels.ts';
import type { NotifyChannel } from '../runbooks/kinds/notify.ts';
import { dueNotices, type Notice } from './due.ts';

/** A notice for one of the channels of a runbook. */
export interface Letter {
  /** `NOTICE@CHANNEL`, under which the job keeps what became of it; channels count from 1. */
  readonly key: string;
  readonly notice: Notice;
  readonly channel: NotifyChannel;
  readonly record?: NoticeRecord | undefined;
  /** Seconds until it may be sent; 0 when it may be now. */
  readonly inSeconds: number;
}

/** Attempts, after which a letter is given up. */
export const MOST_ATTEMPTS = 5;
/** Seconds from a failed attempt to the next one. */
const BACKOFF = [5, 20, 60, 60];
/** Seconds after which an attempt whose outcome nobody wrote down is over: longer than any attempt takes. */
const UNDER_WAY = 30;

/**
 * The letters of a job that are due and have neither arrived nor been given up, in the order in which to send them.
 *
 * @param now ISO 8601 UTC.
 */
export function lettersOf(job: Job, now: string): Letter[] {
  return dueNotices(job, now).flatMap((notice) =>
    channelsOf(job).flatMap((channel, nth) => {
      const key = `${notice.id}@${nth + 1}`;
      const record = job.notices[key];
      const isWanted = notice.name === 'breakGlass' || channel.on.includes(notice.name);
      if (!isWanted || record?.outcome !== undefined) return [];
      return [{ key, notice, channel, record, inSeconds: secondsUntilDue(record, now) }];
    }),
  );
}

function secondsUntilDue(record: NoticeRecord | undefined, now: string): number {
  if (record === undefined) return 0;
  const { attempts, triedAt, problem } = record;
  const pause = problem === undefined ? UNDER_WAY : (BACKOFF[attempts - 1] ?? 0);
  return Math.max(0, pause - secondsBetween(triedAt, now));
}
