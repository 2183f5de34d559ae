import { describe, expect, it } from 'vitest';
import { bent, BENDS } from '../../../bench/polling/bent.ts';
import type { Series } from '../../../bench/polling/series.ts';
import { LIFEBOAT } from '../../../bench/polling/strategies.ts';
import { looksAt, summarise, walkForward } from '../../../bench/polling/walk-forward.ts';
import { LONGEST_WAIT_SECONDS } from '../../../core/polling/next-look.ts';
import { planLooks } from '../../../core/polling/look-plan.ts';
import { seededRandom } from '../../../core/random.ts';
import { told } from './durations-of.ts';

const random = seededRandom(11);
/** Restores as they usually are: about three minutes, give or take, and one in twenty a good deal longer. */
const usual: Series = {
  name: 'made up',
  judged: true,
  durations: Array.from({ length: 120 }, () => {
    const about = 150 + 20 * (random.next() + random.next() + random.next());
    return random.next() < 0.05 ? about * 1.8 : about;
  }),
};

describe.each(BENDS)('work that is bent: $name', (bend) => {
  const [{ durations } = usual] = bent([usual], bend);

  it('is never unseen for longer than max(30 s, a tenth of its duration) once looking has begun', () => {
    durations.forEach((actual, nth) => {
      const plan = planLooks({ own: told(...durations.slice(0, nth).map(Math.round)) });
      const lag = looksAt(actual, plan.waitSeconds).at(-1)! - actual;
      const limit = Math.max(30, actual / 10);
      expect(lag).toBeLessThanOrEqual(actual < plan.openingSeconds ? LONGEST_WAIT_SECONDS : limit);
    });
  });

  it('takes fewer looks than every 30 s', () => {
    const every30: typeof LIFEBOAT = { name: 'fixed', follow: () => () => 30 };
    const ours = summarise(walkForward(durations, LIFEBOAT).slice(10));
    const fixed = summarise(walkForward(durations, every30).slice(10));
    expect(ours.polls).toBeLessThan(fixed.polls * 0.9);
  });
});
