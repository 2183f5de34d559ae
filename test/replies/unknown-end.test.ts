import { expect, it } from 'vitest';
import { play } from './play.ts';
import { SCENARIOS } from './scenarios.ts';

const LAST_FIELD = [
  ['drill', 'getBackupRestoreJob', 'finishedAt'],
  ['drill-flex', 'getFlexRestoreJob', 'restoreFinishedDate'],
] as const;

it.each(LAST_FIELD)(
  'a %s whose restore finished years from now ends, and does not pass',
  async (name, operationId, field) => {
    const scenario = SCENARIOS[name] ?? { text: '' };
    const to = () => '2100-01-01T00:00:00Z';
    const { job, mutated, faults } = await play(scenario, {
      operationId,
      path: [field],
      name: 'year 2100',
      when: 'always',
      to,
    });
    expect(mutated).toBeGreaterThan(0);
    expect(faults).toEqual([]);
    expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'inconclusive' });
  },
);

it('a flex restore that is completed at no time that can be read does not pass', async () => {
  const { job } = await play(SCENARIOS['drill-flex'] ?? { text: '' }, {
    operationId: 'getFlexRestoreJob',
    path: ['restoreFinishedDate'],
    name: 'missing',
    when: 'always',
    to: () => undefined,
  });
  expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'inconclusive' });
});
