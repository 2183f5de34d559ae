import { nameOf, type Destination } from '../deliver.ts';
import { channelsOf } from '../jobs/channels.ts';
import type { Job } from '../jobs/job.ts';
import type { NoticeRecord } from '../jobs/notice-record.ts';
import type { NewEvent, TimelineEvent } from '../jobs/timeline.ts';
import type { NotifyChannel } from '../runbooks/kinds/notify.ts';

/** What came of an attempt. */
export type NoticeEnd = 'sent' | 'failed' | 'given-up';

/** Where messages of a channel are posted to. */
export function destinationOf(channel: NotifyChannel): Destination {
  return 'slack' in channel ? channel.slack : channel.webhook;
}

/**
 * The event that records what came of an attempt: one for each message and channel, however often it is recorded.
 *
 * @param key of the record: `NOTICE@CHANNEL`.
 * @param at ISO 8601 UTC.
 */
export function noticeEvent(
  what: NoticeEnd,
  key: string,
  { attempts, problem }: Pick<NoticeRecord, 'attempts' | 'problem'>,
  channel: NotifyChannel,
  at: string,
): NewEvent {
  const notice = key.slice(0, key.lastIndexOf('@'));
  const to = nameOf(destinationOf(channel));
  const title = `The message "${titleOf(notice)}"`;
  const failed = `${title} did not reach ${to}, which ${problem ?? 'did not answer'}.`;
  const messages = {
    sent: `${title} was sent to ${to}.`,
    failed: `${failed} It is tried again.`,
    'given-up': `${failed} It is given up; the job goes on.`,
  };
  return {
    at,
    type: `notice-${what}`,
    once: onceOf(what, key),
    message: messages[what],
    data: { notice, to, attempts },
  };
}

/**
 * The events of messages whose end is in the record and not in the timeline: the process died between the two writes.
 *
 * @param timeline of the job.
 * @param at ISO 8601 UTC.
 */
export function unrecordedNotices(job: Job, timeline: readonly TimelineEvent[], at: string): NewEvent[] {
  const recorded = new Set(timeline.map(({ once }) => once));
  return Object.entries(job.notices).flatMap(([key, record]) => {
    const { outcome } = record;
    const channel = channelsOf(job)[Number(key.slice(key.lastIndexOf('@') + 1)) - 1];
    if (outcome === undefined || channel === undefined || recorded.has(onceOf(outcome, key))) return [];
    return [noticeEvent(outcome, key, record, channel, at)];
  });
}

function onceOf(what: NoticeEnd, key: string): string {
  return `notice-${what}/${key}`;
}

const TITLES: Readonly<Record<string, string>> = {
  'approval-wanted': 'approvalWanted',
  'at-risk': 'objectiveAtRisk',
  'break-glass': 'breakGlass',
};

/** The name that a runbook has for a message, by the id of the message. */
function titleOf(notice: string): string {
  const [kind = notice] = notice.split('/', 1);
  return TITLES[kind] ?? kind;
}
