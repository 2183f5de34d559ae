import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { chooseClock } from '../../local/choose-clock.ts';

const FAR = Date.parse('2040-01-01T00:00:00Z');

/** An Atlas on this machine that answers every request with this. */
async function atlasAnswering(status: number, body: string): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(status).end(body)).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it("goes by a simulator's time and speed, unless another speed is asked for", async () => {
  const baseUrl = await atlasAnswering(200, JSON.stringify({ now: '2040-01-01T00:00:00Z', speed: 1 }));
  const clock = await chooseClock({ baseUrl });
  expect(clock.speed).toBe(1);
  expect(clock.now() - FAR).toBeLessThan(60_000);
  expect(clock.now()).toBeGreaterThanOrEqual(FAR);
  expect((await chooseClock({ baseUrl, speed: 5 })).speed).toBe(5);
});

it.each([
  ['an Atlas without a clock', 404, '{}'],
  ['nonsense', 200, '<html>'],
  ['a clock that stands', 200, JSON.stringify({ now: '2040-01-01T00:00:00Z', speed: 0 })],
])("goes by the machine's time for %s, never behind what the record knows", async (_what, status, body) => {
  const baseUrl = await atlasAnswering(status, body);
  const before = Date.now();
  const clock = await chooseClock({ baseUrl });
  expect(clock.speed).toBe(1);
  expect(clock.now()).toBeGreaterThanOrEqual(before);
  expect(clock.now()).toBeLessThan(FAR);
  const resumed = await chooseClock({ baseUrl, speed: 100, notBefore: FAR });
  expect(resumed.speed).toBe(100);
  expect(resumed.now()).toBeGreaterThanOrEqual(FAR);
});

it('leaves the time of an Atlas elsewhere alone, and asks it for nothing', async () => {
  const clock = await chooseClock({ baseUrl: 'https://cloud.mongodb.com', notBefore: FAR });
  expect(clock.speed).toBe(1);
  expect(clock.now()).toBeLessThan(FAR);
  await expect(chooseClock({ baseUrl: 'https://cloud.mongodb.com', speed: 60 })).rejects.toMatchObject({
    name: 'SpeedRefusedError',
  });
});
