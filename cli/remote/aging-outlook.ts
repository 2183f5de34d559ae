import { isoTime, secondsBetween, type Clock } from '../../core/clock.ts';
import type { JobOutlook } from '../../core/commands/job-outlook.ts';
import type { Progress } from '../progress/progress.ts';

/** Hands on what the API said of how long work still takes, and counts on from there until it says more. */
export function agingOutlook(progress: Progress, clock: Clock): (told: JobOutlook | undefined) => void {
  let phase: string | undefined;
  let latest: { readonly told: JobOutlook; readonly at: string } | undefined;
  return (told) => {
    latest = told === undefined ? undefined : { told, at: isoTime(clock.now()) };
    if (told?.phase === phase) return;
    phase = told?.phase;
    progress.outlook(
      told === undefined
        ? undefined
        : (now) => (latest === undefined ? told : aged(latest.told, secondsBetween(latest.at, now))),
    );
  };
}

/** What was told, so many seconds later. */
function aged({ left, elapsedSeconds, ...told }: JobOutlook, seconds: number): JobOutlook {
  const age = Math.max(0, Math.floor(seconds));
  const later = (value: number) => Math.max(0, value - age);
  return {
    ...told,
    elapsedSeconds: elapsedSeconds + age,
    ...(left !== undefined && {
      left: {
        fromSeconds: later(left.fromSeconds),
        toSeconds: later(left.toSeconds),
        likelySeconds: later(left.likelySeconds),
        lateSeconds: later(left.lateSeconds),
      },
    }),
  };
}
