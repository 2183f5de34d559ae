import { describe, expect, it } from 'vitest';
import { mayHaveTakenEffect } from '../../../core/atlas/errors.ts';
import { clientOf, GROUP, json, manualClock, rejection, SNAPSHOT, startServer } from './server.ts';

const MIGRATION = { groupId: GROUP, liveMigrationId: SNAPSHOT };

/** What a cutover rests on was read just before: a minute later it may not hold. */
describe('a request to cut over', () => {
  it.each([
    ['a 429', 429, { 'retry-after': '30' }, 'AtlasError', true, false],
    ['a 503', 503, {}, 'AtlasReplyLostError', false, true],
  ])('is sent once, also after %s', async (_case, code, headers, name, retryable, mayHave) => {
    const clock = manualClock();
    const server = await startServer((_, response) => {
      json(response, code, { error: code }, headers);
    });
    const error = await rejection(
      clientOf(server.baseUrl, { clock }).liveMigrations.cutoverMigration(MIGRATION),
    );
    expect(error).toMatchObject({ name, retryable });
    expect(mayHaveTakenEffect(error)).toBe(mayHave);
    expect(server.calls).toHaveLength(1);
    expect(clock.sleeps).toEqual([]);
  });

  it('does not wait for its turn after a 429: it is sent at once, or not at all', async () => {
    const clock = manualClock();
    const server = await startServer((_, response, count) => {
      if (count === 1) json(response, 429, {}, { 'retry-after': '60', 'ratelimit-remaining': '0' });
      else response.writeHead(202).end();
    });
    const client = clientOf(server.baseUrl, { clock });
    await rejection(client.liveMigrations.cutoverMigration(MIGRATION));
    await client.liveMigrations.cutoverMigration(MIGRATION);
    expect(server.calls).toHaveLength(2);
    expect(clock.sleeps).toEqual([]);
  });

  it('is not repeated where nobody listens', async () => {
    const clock = manualClock();
    const error = await rejection(
      clientOf('http://127.0.0.1:9', { clock }).liveMigrations.cutoverMigration(MIGRATION),
    );
    expect(error).toMatchObject({ name: 'AtlasUnreachableError', retryable: true });
  });
});
