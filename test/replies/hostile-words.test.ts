import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { HOSTILE, RAW } from '../support/hostile-atlas.ts';
import { mutate, textsIn, type Mutation } from './mutations.ts';
import { outputsOf } from './outputs-of.ts';
import { openStage } from './run-job.ts';

/** Of so many texts one is made hostile; LIFEBOAT_REPLIES=1 makes each of them so. */
const SHARE = Number(process.env.LIFEBOAT_REPLIES ?? 60);
const RUNBOOKS = (process.env.LIFEBOAT_REPLIES_OF ?? 'drill,drill-flex,download').split(',');

interface Place {
  readonly operationId: string;
  readonly path: Mutation['path'];
}

describe.each(RUNBOOKS)('a job of examples/%s.yaml, whatever text of a reply is hostile', (name) => {
  const text = readFileSync(new URL(`../../examples/${name}.yaml`, import.meta.url), 'utf8');

  it(
    'shows nothing that steers a reader, and lets no word of others begin a line',
    { timeout: 3_600_000 },
    async () => {
      const usual = await shown(text);
      const places: Place[] = [...usual.bodies].flatMap(([operationId, body]) =>
        textsIn(body).map((path) => ({ operationId, path })),
      );
      expect(places.length).toBeGreaterThan(20);
      const wrong: string[] = [];
      for (const [index, place] of places.entries()) {
        if (index % SHARE !== 0) continue;
        const { outputs } = await shown(text, place);
        wrong.push(
          ...faultsIn(outputs).map((fault) => `${place.operationId} ${place.path.join('.')}: ${fault}`),
        );
      }
      expect(wrong).toEqual([]);
    },
  );
});

/** What people are shown of a job, with the text at a place of the replies made hostile. */
async function shown(text: string, place?: Place) {
  const bodies = new Map<string, unknown>();
  const stage = openStage(undefined, (operationId, body) => {
    bodies.set(operationId, bodies.get(operationId) ?? body);
    if (place?.operationId !== operationId) return body;
    return mutate(body, { path: place.path, to: (value) => `${String(value)}${HOSTILE}` });
  });
  return { bodies, outputs: await outputsOf(text, stage) };
}

function faultsIn(outputs: Readonly<Record<string, string>>): string[] {
  return Object.entries(outputs).flatMap(([name, text]) => [
    ...(RAW.test(text) ? [`${name} holds ${JSON.stringify(RAW.exec(text)?.[0])}`] : []),
    // In a page a line break is a space.
    ...(!name.includes('page') && /^\s*Forged/m.test(text)
      ? [`${name} has a line of others: ${JSON.stringify(/.*\n\s*Forged.*/.exec(text)?.[0])}`]
      : []),
  ]);
}
