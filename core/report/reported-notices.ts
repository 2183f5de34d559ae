import { channelsOf } from '../jobs/channels.ts';
import type { Job } from '../jobs/job.ts';
import type { NoticeRecord } from '../jobs/notice-record.ts';

/** A message to people and what became of it. */
export interface ReportedNotice {
  /** What it told of, for example `succeeded` or `approval-wanted/job/1`. */
  readonly notice: string;
  /** The place of its channel under `notify`, from 1; those of the policy come after those of the runbook. */
  readonly channel: number;
  readonly to: 'webhook' | 'slack' | null;
  readonly attempts: number;
  /** Of the last attempt. */
  readonly triedAt: string;
  /** Why the last attempt failed. */
  readonly problem: string | null;
  /** `null` while it is still tried. */
  readonly outcome: NonNullable<NoticeRecord['outcome']> | null;
}

/** What people were told, in the order of the last attempts. */
export function describeNotices(job: Job): readonly ReportedNotice[] {
  return Object.entries(job.notices)
    .map(([key, record]) => describeNotice(key, record, job))
    .sort((one, other) => one.triedAt.localeCompare(other.triedAt));
}

/** The key is the notice and its channel: `started@1`. */
function describeNotice(key: string, record: NoticeRecord, job: Job): ReportedNotice {
  const mark = key.lastIndexOf('@');
  const channel = Number(key.slice(mark + 1));
  const settings = channelsOf(job)[channel - 1];
  return {
    notice: key.slice(0, mark),
    channel,
    to: settings === undefined ? null : 'slack' in settings ? 'slack' : 'webhook',
    attempts: record.attempts,
    triedAt: record.triedAt,
    problem: record.problem ?? null,
    outcome: record.outcome ?? null,
  };
}
