import { jsonText } from '../visible-text.ts';
import { isoTime } from '../clock.ts';
import { deliver, type Delivered } from '../deliver.ts';
import type { JobStore } from '../jobs/store.ts';
import type { Outbound } from '../outbound.ts';
import type { NotifyChannel } from '../runbooks/kinds/notify.ts';
import { compose } from './compose.ts';
import { claimLetter, keepOutcome, type Claimed, type NoticeKeeping } from './keep-notice.ts';
import { lettersOf, MOST_ATTEMPTS, type Letter } from './letters.ts';
import { destinationOf, noticeEvent, type NoticeEnd } from './notice-event.ts';
import { slackBody } from './slack.ts';

/** What telling people needs. */
export interface Telling extends NoticeKeeping {
  readonly jobs: Pick<JobStore, 'get' | 'save' | 'append'>;
  readonly outbound: Outbound;
  /** Where the report of a job is kept. */
  readonly reports: { place(jobId: string): string };
}

/** Milliseconds after which no further attempt is begun: a task has a limit, and telling must not use it up. */
const LONGEST = 10_000;

/**
 * Tells people what they should know of a job by now: one attempt at each letter that is due. A channel that fails is left
 * alone until the next time.
 *
 * @returns whole seconds until something is left to be tried; undefined when nothing is.
 * @throws HistoryUnavailableError and whatever else the history throws; never for what a receiver does.
 */
export async function tell(jobId: string, telling: Telling): Promise<number | undefined> {
  const begunAt = telling.clock.now();
  const failing = new Set<NotifyChannel>();
  const letters = await leftOf(jobId, telling);
  if (letters.length === 0) return undefined;
  for (const { key, channel, inSeconds } of letters) {
    if (inSeconds > 0 || failing.has(channel)) continue;
    if (telling.clock.now() - begunAt > LONGEST) break;
    const claimed = await claimLetter(jobId, key, telling);
    if (claimed !== undefined && !(await send(claimed, telling))) failing.add(channel);
  }
  const left = (await leftOf(jobId, telling)).map(({ inSeconds }) => inSeconds);
  return left.length === 0 ? undefined : Math.max(1, Math.ceil(Math.min(...left)));
}

/** {@link tell} for a task that has other things to do: whatever goes wrong here is tried again by the next. */
export async function tellDue(jobId: string, telling: Telling): Promise<number | undefined> {
  try {
    return await tell(jobId, telling);
  } catch {
    // SendNotices meets the same error at the end, where it can be told without failing the job.
    return undefined;
  }
}

async function leftOf(jobId: string, { jobs, clock }: Telling): Promise<Letter[]> {
  return lettersOf(await jobs.get(jobId), isoTime(clock.now()));
}

/** Makes an attempt and writes down what came of it; whether it arrived. */
async function send(claimed: Claimed, telling: Telling): Promise<boolean> {
  const delivered = await attempt(claimed, telling);
  if (delivered.outcome === 'taken') {
    await keepOutcome(claimed, { outcome: 'sent' }, telling);
    await note('sent', claimed, undefined, telling);
    return true;
  }
  const { outcome, reason: problem } = delivered;
  const ends = outcome === 'refused' || claimed.record.attempts >= MOST_ATTEMPTS;
  await keepOutcome(claimed, { problem, ...(ends && { outcome: 'given-up' }) }, telling);
  await note(ends ? 'given-up' : 'failed', claimed, problem, telling);
  return false;
}

function attempt({ letter, job }: Claimed, { clock, outbound, reports }: Telling): Promise<Delivered> {
  const { notice, channel, key } = letter;
  const now = clock.now();
  const event = compose(job, notice, isoTime(now), reports.place(job.jobId));
  const body = jsonText('slack' in channel ? slackBody(event) : event);
  return deliver(destinationOf(channel), { delivery: `${job.jobId}/${key}`, body }, outbound, now);
}

/** Recorded once for each letter, whether the first attempt failed or all of them did. */
async function note(
  what: NoticeEnd,
  { letter: { key, channel }, job: { jobId }, record: { attempts } }: Claimed,
  problem: string | undefined,
  { jobs, clock }: Telling,
): Promise<void> {
  const facts = { attempts, ...(problem !== undefined && { problem }) };
  await jobs.append(jobId, noticeEvent(what, key, facts, channel, isoTime(clock.now())));
}
