import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mutationsOf } from './mutations.ts';
import { removesEvidence } from './oracle.ts';
import { play, type MutatedReply } from './play.ts';

/** Of so many mutations one is played; LIFEBOAT_REPLIES=1 plays all of them. */
const SHARE = Number(process.env.LIFEBOAT_REPLIES ?? 300);
/** Plays every mutation of what a verdict rests on, and no other. */
const EVIDENCE_ONLY = process.env.LIFEBOAT_REPLIES === 'evidence';
const RUNBOOKS = (process.env.LIFEBOAT_REPLIES_OF ?? 'drill,drill-flex,drill-sharded,download').split(',');

describe.each(RUNBOOKS)('a job of examples/%s.yaml, whatever a reply holds', (name) => {
  const text = readFileSync(new URL(`../../examples/${name}.yaml`, import.meta.url), 'utf8');

  it(
    'ends without a fault of its own, and never passes on missing evidence',
    { timeout: 3_600_000 },
    async () => {
      const usual = await play(text);
      expect(usual.faults).toEqual([]);
      expect(usual.job).toMatchObject({ status: 'SUCCEEDED' });
      const all: MutatedReply[] = [...usual.bodies].flatMap(([operationId, body]) =>
        mutationsOf(body).map((mutation) => ({ operationId, ...mutation })),
      );
      const wrong: string[] = [];
      for (const [index, mutation] of all.entries()) {
        if (EVIDENCE_ONLY ? !removesEvidence(mutation) : index % SHARE !== 0) continue;
        const { job, faults, mutated } = await play(text, mutation);
        const title = `${mutation.operationId} ${mutation.path.join('.')}: ${mutation.name}`;
        wrong.push(...faults.map((fault) => `${title}: ${fault}`));
        if (mutated > 0 && job.verdict === 'passed' && removesEvidence(mutation))
          wrong.push(`${title}: passed without evidence`);
      }
      expect(wrong).toEqual([]);
    },
  );
});
