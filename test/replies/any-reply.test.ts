import { describe, expect, it } from 'vitest';
import { mutationsOf } from './mutations.ts';
import { removesEvidence } from './oracle.ts';
import { play, type MutatedReply, type Played } from './play.ts';
import { SCENARIOS } from './scenarios.ts';

/** Of so many mutations one is played; LIFEBOAT_REPLIES=1 plays all of them. */
const SHARE = Number(process.env.LIFEBOAT_REPLIES ?? 1200);
/** Plays every mutation of what a verdict rests on, and no other. */
const EVIDENCE_ONLY = process.env.LIFEBOAT_REPLIES === 'evidence';
const NAMES = process.env.LIFEBOAT_REPLIES_OF?.split(',') ?? Object.keys(SCENARIOS);

describe.each(NAMES)('the job "%s", whatever a reply holds', (name) => {
  const scenario = SCENARIOS[name] ?? { text: '' };

  it(
    'ends without a fault of its own, and never passes on missing evidence',
    { timeout: 14_400_000 },
    async () => {
      const usual = await play(scenario);
      expect(usual.faults).toEqual([]);
      expect(usual.job.verdict).toBe(scenario.ends ?? 'passed');
      const wrong: string[] = [];
      for (const [index, mutation] of mutationsFor(usual).entries()) {
        if (EVIDENCE_ONLY ? !removesEvidence(mutation) : index % SHARE !== 0) continue;
        const { job, faults, mutated } = await play(scenario, mutation);
        const title = `${mutation.operationId} ${mutation.path.join('.')}: ${mutation.name}, ${mutation.when}`;
        wrong.push(...faults.map((fault) => `${title}: ${fault}`));
        if (mutated > 0 && job.verdict === 'passed' && removesEvidence(mutation))
          wrong.push(`${title}: passed without evidence`);
      }
      expect(wrong).toEqual([]);
    },
  );
});

/** Every mutation of all replies to an operation, of the first one alone, and from the one on that usually is the last. */
function mutationsFor({ bodies, replies }: Played): MutatedReply[] {
  return [...bodies].flatMap(([operationId, body]) => {
    const last = (replies.get(operationId) ?? 1) - 1;
    return mutationsOf(body).flatMap((mutation): MutatedReply[] => {
      const always = { operationId, ...mutation, when: 'always' } as const;
      if (last === 0) return [always];
      return [always, { ...always, when: 'first', until: 1 }, { ...always, when: 'last', from: last }];
    });
  });
}
