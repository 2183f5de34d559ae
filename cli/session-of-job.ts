import { baseUrlFrom } from '../core/atlas/credentials-from-environment.ts';
import { campaignOf, type Job } from '../core/jobs/job.ts';
import { unusedAtlas } from '../local/connect-atlas.ts';
import { outboundWith, practiceOutbound } from '../local/outbound.ts';
import { refuseOtherAtlas } from '../local/same-atlas.ts';
import { scaledClock } from '../local/scaled-clock.ts';
import type { Cli } from './cli.ts';
import { everyCheck } from './errors.ts';
import { needsAtlas } from './needs-atlas.ts';
import { atlasChecks, atlasSession, simulatedSession, type Session } from './session.ts';
import { latestInstant, type ReadJob } from './with-job.ts';

/** What is to be done with a job. */
export interface Purpose {
  readonly speed?: number | undefined;
  /** It is about to be cancelled. */
  readonly stopping?: boolean;
}

/**
 * A session to go on with a job in: the simulated Atlas that it began in, with its state, or the one that the environment
 * names; none, and no settings for one, when what is left to do needs none. Its time never goes back behind what the job's
 * record knows.
 *
 * @throws AtlasSettingsError, SpeedRefusedError, OtherAtlasError
 */
export async function sessionOf(
  record: ReadJob,
  cli: Cli,
  { speed, stopping = false }: Purpose,
): Promise<Session> {
  const { job } = record;
  const { simulation } = job;
  const seed = simulation?.seed ?? null;
  const notBefore = latestInstant(record);
  if (simulation !== undefined && seed !== null) {
    return simulatedSession({
      home: cli.home,
      // The drills of a campaign share its world.
      jobId: campaignOf(job) ?? job.jobId,
      seed,
      speed: speed ?? simulation.speed,
      notBefore,
    });
  }
  if (!needsAtlas(job, stopping)) return sessionWithoutAtlas(job, cli, notBefore);
  await everyCheck(atlasChecks(cli, speed));
  refuseOtherAtlas(job, baseUrlFrom(cli.env));
  return atlasSession(cli, { speed, notBefore });
}

/** People may still have to be told how it ended. */
function sessionWithoutAtlas({ simulation, atlasUrl }: Job, { env }: Cli, notBefore: number): Session {
  return {
    clock: scaledClock(1, Math.max(Date.now(), notBefore)),
    atlas: unusedAtlas(),
    outbound: simulation === undefined ? outboundWith(env) : practiceOutbound(atlasUrl ?? ''),
    close: () => Promise.resolve(),
  };
}
