import type { Cli } from './cli.ts';
import { everyCheck } from './errors.ts';
import { atlasChecks, atlasSession, simulatedSession, type Session } from './session.ts';
import { latestInstant, type JobRecord } from './with-job.ts';

/**
 * A session to go on with a job in: the simulated Atlas that it began in, with its state, or the one that the environment
 * names. Its time never goes back behind what the job's record knows.
 *
 * @throws AtlasSettingsError, SpeedRefusedError
 */
export async function sessionOf(record: JobRecord, cli: Cli, speed?: number): Promise<Session> {
  const { jobId, simulation } = record.job;
  const seed = simulation?.seed ?? null;
  const notBefore = latestInstant(record);
  if (simulation !== undefined && seed !== null) {
    return simulatedSession({
      home: cli.home,
      jobId,
      seed,
      speed: speed ?? simulation.speed,
      notBefore,
    });
  }
  await everyCheck(atlasChecks(cli, speed));
  return atlasSession(cli, { speed, notBefore });
}
