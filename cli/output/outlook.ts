import type { JobOutlook } from '../../core/commands/job-outlook.ts';
import { isoTime } from '../../core/clock.ts';
import { shareOf, type Outlook } from '../../core/polling/outlook.ts';
import { humanDuration } from '../../core/report/human.ts';
import type { Colors } from '../terminal.ts';
import { minuteOf } from './instants.ts';
import { textWidth } from './wrap.ts';

/** Less than one in ten lasted longer: that is worth saying. */
const LATE = 0.1;

/**
 * What is known of how long work still takes, most important first; each part can stand alone.
 *
 * @param now ISO 8601 UTC.
 */
export function outlookParts(outlook: Outlook, now: string): string[] {
  const { earlier, longer, left, otherSizes } = outlook;
  if (earlier === 0) return ['too little is known to say how long it takes'];
  const late = `longer than ${lastedShorter(earlier, longer)} before`;
  if (left === undefined) return [late];
  return [
    ...(longer < earlier * LATE ? [late] : []),
    `likely ${range(left.fromSeconds, left.toSeconds)} more`,
    `nine in ten done by ${instant(now, left.lateSeconds)} UTC`,
    ...(otherSizes === true ? ['judged by other sizes'] : []),
  ];
}

function lastedShorter(earlier: number, longer: number): string {
  return longer === 0 ? `any of the ${earlier}` : `${earlier - longer} of the ${earlier}`;
}

/** `2 to 4 min`, `40 s to 2 min`; one duration where both ends read alike. */
function range(from: number, to: number): string {
  const [first, last] = [rounded(from), rounded(to)];
  if (first === last) return `about ${humanDuration(last)}`;
  const [low, high] = [humanDuration(first), humanDuration(last)];
  const unit = high.split(' ').at(-1) ?? '';
  const isAlike = low.split(' ').length === 2 && high.split(' ').length === 2 && low.endsWith(` ${unit}`);
  return isAlike ? `${low.slice(0, -unit.length - 1)} to ${high}` : `${low} to ${high}`;
}

/** As precise as a guess may be: to 5 seconds, to a minute, to a quarter of an hour. Seconds. */
function rounded(seconds: number): number {
  const step = seconds < 90 ? 5 : seconds < 3600 ? 60 : 900;
  return Math.max(step, Math.round(seconds / step) * step);
}

/** When that is: `03:14:05`, `03:14` where a minute is precise enough, with the day where it is another. */
function instant(now: string, seconds: number): string {
  const then = isoTime(Date.parse(now) + seconds * 1000);
  if (then.slice(0, 10) !== now.slice(0, 10)) return minuteOf(then);
  return then.slice(11, seconds < 600 ? 19 : 16);
}

/** A bar of `width` cells on the way to when nine in ten were over; undefined when that is not known. Its last cell stays open. */
export function outlookBar(outlook: Outlook, width: number, colors: Colors): string | undefined {
  const share = shareOf(outlook);
  if (share === undefined) return undefined;
  const filled = Math.min(width - 1, Math.floor(share * width));
  return colors.cyan('━'.repeat(filled)) + colors.dim('─'.repeat(width - filled));
}

/** As many of the parts as fit into a line of `width` columns, with semicolons between; the first one always. */
export function fitting(parts: readonly string[], width: number): string {
  const [first = '', ...others] = parts;
  let line = first;
  for (const part of others) {
    if (textWidth(line) + 2 + textWidth(part) > width) break;
    line += `; ${part}`;
  }
  return line;
}

/** What Atlas does. */
export function workOf({ phase }: JobOutlook): string {
  return phase === 'restore' ? 'restore' : 'snapshot';
}

/** What is under way, since when, and how long it still takes, in lines of their own. */
export function underWayText(outlook: JobOutlook, now: string): string {
  return [
    `${workOf(outlook)}, for ${humanDuration(outlook.elapsedSeconds)}`,
    ...outlookParts(outlook, now),
  ].join('\n');
}
