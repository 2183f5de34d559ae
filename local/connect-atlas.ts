import { compile } from 'zod';
import { createAtlasClient } from '../core/atlas/create-client.ts';
import { baseUrlFrom, credentialsFrom } from '../core/atlas/credentials-from-environment.ts';
import type { AtlasClient } from '../core/atlas/client.ts';
import type { Clock } from '../core/clock.ts';
import { seededRandom } from '../core/random.ts';
import { randomSeed } from './random-seed.ts';
import type { Simulator } from '../simulator/simulator.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * A client for the Atlas that the environment names.
 *
 * @throws AtlasSettingsError naming every variable that is missing or wrong.
 */
export function connectAtlas(env: Environment, clock: Clock): AtlasClient {
  return createAtlasClient({
    baseUrl: baseUrlFrom(env),
    credentials: credentialsFrom(env),
    clock,
    random: seededRandom(randomSeed()),
    compile,
  });
}

/** A client for a simulated Atlas, with a service account as users are advised to have. */
export function connectSimulator(simulator: Simulator, clock: Clock): AtlasClient {
  const { clientId, clientSecret } = simulator.credentials;
  return createAtlasClient({
    baseUrl: simulator.baseUrl,
    credentials: { kind: 'serviceAccount', clientId, clientSecret },
    clock,
    random: seededRandom(randomSeed()),
    compile,
  });
}

/** Stands where nothing is asked of Atlas; whatever is asked all the same is a fault of Lifeboat's own. */
export function unusedAtlas(): AtlasClient {
  const refuse = (_: unknown, asked: string | symbol): never => {
    throw new Error(`Atlas was asked for ${String(asked)} where it should not be needed.`);
  };
  return new Proxy<AtlasClient>({} as AtlasClient, { get: refuse });
}
