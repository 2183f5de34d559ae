import { describe, expect, it } from 'vitest';
import { readSeries, RECORDED } from '../../../bench/polling/series.ts';
import { LIFEBOAT, strategies } from '../../../bench/polling/strategies.ts';
import { summarise, walkForward, type Followed, type Strategy } from '../../../bench/polling/walk-forward.ts';

const series = readSeries(RECORDED)?.filter((one) => one.judged) ?? [];

/** Each job predicted from those before it; the first ten of each class only teach. */
const follow = (strategy: Strategy) =>
  series.map(({ durations }) => walkForward(durations, strategy).slice(10));
const ours = follow(LIFEBOAT);

const half = (jobs: readonly Followed[], nth: number) => {
  const middle = jobs.length >> 1;
  return nth === 0 ? jobs.slice(0, middle) : jobs.slice(middle);
};

describe.skipIf(series.length === 0)(
  'the bar on recorded durations (skipped without ../shared/atlas/durations.json)',
  () => {
    it.each(series.map(({ name }, nth) => [name, nth] as const))(
      '%s by itself: at most 3.2 looks at a mean lag of at most 8 s',
      (_name, nth) => {
        const { polls, meanLag } = summarise(ours[nth]!);
        expect(polls).toBeLessThanOrEqual(3.2);
        expect(meanLag).toBeLessThanOrEqual(8);
      },
    );

    it('has every class of restores and snapshots', () => {
      expect(series.map(({ name }) => name)).toHaveLength(5);
    });

    it('holds in the earlier half of all restores and snapshots', () => {
      const { polls, meanLag } = summarise(ours.flatMap((jobs) => half(jobs, 0)));
      expect(polls).toBeLessThanOrEqual(2.5);
      expect(meanLag).toBeLessThanOrEqual(6);
    });

    it('holds in the later half but for the day when restores took up to sixty times as long', () => {
      const later = ours.flatMap((jobs) => half(jobs, 1));
      const { polls, meanLag } = summarise(later.filter(({ seconds }) => seconds < 400));
      expect(polls).toBeLessThanOrEqual(2.5);
      expect(meanLag).toBeLessThanOrEqual(6);
      // The limit on the gap costs about 27 looks from a minute to half an hour, whoever keeps to it.
      const slow = summarise(later.filter(({ seconds }) => seconds >= 400));
      expect(slow.jobs).toBeGreaterThan(30);
      expect(slow.polls).toBeLessThanOrEqual(35);
      expect(slow.worstLag).toBeLessThanOrEqual(300);
    });

    it('nothing is unseen for longer than max(30 s, a tenth), but for the few that were faster than any before', () => {
      const tooLate = ours.flat().filter(({ lag, seconds }) => lag > Math.max(30, seconds / 10));
      expect(tooLate.length).toBeLessThanOrEqual(5);
      for (const { lag } of tooLate) expect(lag).toBeLessThan(45);
    });

    it('learning from its own looks alone costs less than one look more', () => {
      const seeing = strategies().find(({ name }) => name === 'lifeboat, ends only seen')!;
      const { polls, meanLag } = summarise(follow(seeing).flat());
      expect(polls).toBeLessThan(summarise(ours.flat()).polls + 1);
      expect(meanLag).toBeLessThanOrEqual(8);
    });
  },
);
