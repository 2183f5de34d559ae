import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { isoTime, type Clock } from '../../../core/clock.ts';
import { operationName } from '../../../simulator/door.ts';
import { openPracticeAtlas, type PracticeAtlas } from '../../../simulator/practice-atlas.ts';
import { httpServer } from '../../../simulator/server.ts';
import type { WitnessedCutover, WitnessedLook, WitnessedRequest } from '../../invariants/witness.ts';
import { lookOf, requestOf } from '../../support/watch-atlas.ts';

/** A simulated Atlas that is reached over HTTP, and watched. */
export interface RealAtlas {
  readonly baseUrl: string;
  readonly credentials: PracticeAtlas['credentials'];
  readonly atlas: PracticeAtlas;
  readonly requests: readonly WitnessedRequest[];
  readonly cutovers: readonly WitnessedCutover[];
  readonly looks: readonly WitnessedLook[];
  readonly secrets: readonly string[];
  close(): Promise<void>;
}

/** Opens one on a free port of 127.0.0.1. */
export async function openRealAtlas(clock: Clock, speed: number, world: unknown): Promise<RealAtlas> {
  let baseUrl = '';
  const atlas = openPracticeAtlas({ clock, seed: 1, speed, world }, () => baseUrl);
  const requests: WitnessedRequest[] = [];
  const cutovers: WitnessedCutover[] = [];
  const looks: WitnessedLook[] = [];
  const server = httpServer(async (incoming) => {
    const at = isoTime(clock.now());
    const operation = operationName(incoming);
    const before = atlas.changes().length;
    const answer = await atlas.answer(incoming);
    const carriedOut = atlas.changes().length > before;
    const request = requestOf(operation, incoming);
    if (request !== undefined) requests.push({ ...request, at, carriedOut });
    if (request?.what === 'cutover' && carriedOut) cutovers.push({ migrationId: request.of, at });
    const look = lookOf(operation, incoming, answer);
    if (look !== undefined) looks.push({ ...look, at });
    return answer;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ baseUrl, credentials: atlas.credentials, atlas, requests, cutovers, looks },
    secrets: [atlas.credentials.clientSecret],
    async close() {
      atlas.close();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
