import type { AtlasClient } from '../core/atlas/client.ts';
import { baseUrlFrom, credentialsFrom } from '../core/atlas/credentials-from-environment.ts';
import { LifeboatError } from '../core/errors.ts';
import type { Outbound } from '../core/outbound.ts';
import type { Simulation as SimulatedAtlas } from '../core/jobs/job.ts';
import { chooseClock, isOnThisMachine, refuseSpeedElsewhere } from '../local/choose-clock.ts';
import { connectAtlas, connectSimulator } from '../local/connect-atlas.ts';
import { outboundWith, practiceOutbound } from '../local/outbound.ts';
import { atlasOrigin } from '../local/same-atlas.ts';
import type { PacedClock } from '../local/scaled-clock.ts';
import { startSimulation, type Simulation, type SimulationSettings } from '../local/simulation.ts';
import { homeError } from '../local/table/local-home.ts';
import type { Cli } from './cli.ts';

/** An Atlas to talk to, and the clock to do it by. */
export interface Session {
  readonly clock: PacedClock;
  readonly atlas: AtlasClient;
  readonly outbound: Outbound;
  /** Present when it is not the real Atlas. */
  readonly simulation?: SimulatedAtlas;
  /** The origin of the Atlas that the environment names, such as `https://cloud.mongodb.com`; absent without one. */
  readonly atlasUrl?: string;
  close(): Promise<void>;
}

/** How time goes by in a session with a real Atlas, or one on this machine. */
export interface Pace {
  readonly speed?: number | undefined;
  /** Milliseconds since the UNIX epoch: what the job's record knows already. */
  readonly notBefore?: number | undefined;
}

/** The checks of what the environment says of Atlas, each of which throws. Nothing is called. */
export function atlasChecks({ env }: Cli, speed: number | undefined) {
  return {
    atlasUrl: () => {
      refuseSpeedElsewhere(baseUrlFrom(env), speed);
    },
    credentials: () => {
      credentialsFrom(env);
    },
  };
}

/**
 * A session with the Atlas that the environment names.
 *
 * @throws AtlasSettingsError, SpeedRefusedError
 */
export async function atlasSession({ env }: Cli, pace: Pace): Promise<Session> {
  const baseUrl = baseUrlFrom(env);
  const clock = await chooseClock({ baseUrl, ...pace });
  const atlas = connectAtlas(env, clock);
  const isSimulated = isOnThisMachine(baseUrl);
  return {
    clock,
    atlas,
    outbound: isSimulated ? practiceOutbound(atlasOrigin(baseUrl)) : outboundWith(env),
    atlasUrl: atlasOrigin(baseUrl),
    ...(isSimulated && { simulation: { seed: null, speed: clock.speed } }),
    close: () => atlas.close(),
  };
}

/** A session with a simulated Atlas in this process, whose state is kept in the home. */
export async function simulatedSession(settings: SimulationSettings): Promise<Session> {
  try {
    return sessionWith(await startSimulation(settings));
  } catch (error) {
    throw inWords(error, settings.home);
  }
}

/** A session with a simulated Atlas that has been started. */
export function sessionWith({ clock, simulator }: Simulation): Session {
  const atlas = connectSimulator(simulator, clock);
  return {
    clock,
    atlas,
    outbound: practiceOutbound(simulator.baseUrl),
    async close() {
      await atlas.close();
      await simulator.close();
    },
  };
}

/** The file system's own errors are about the home: the simulator keeps its state there. */
function inWords(error: unknown, home: string): unknown {
  const isFileError = error instanceof Error && 'code' in error && !(error instanceof LifeboatError);
  return isFileError ? homeError(error, home) : error;
}
