import { ulid } from 'ulid';
import { askBeforeErasing, refuseUnconfirmed } from '../ask-before-erasing.ts';
import type { Cli, Remote } from '../cli.ts';
import { refuseThere } from '../refuse-remote.ts';
import { reachRemote } from '../reach-remote.ts';
import { followJob } from './follow-job.ts';
import { requestOfFile } from './request-of-file.ts';

/** Options of `run`; most of them are for a simulated Atlas on this side. */
export interface RunThereOptions {
  readonly seed?: number;
  readonly json?: boolean;
  readonly simulate?: boolean;
  readonly speed?: number;
  readonly world?: string;
  readonly faults?: string;
  readonly autoApprove?: boolean;
  readonly breakGlass?: boolean;
  readonly yes?: boolean;
}

/** Has an API run a runbook, and watches the job to its end. Stopped, it leaves the job alone. */
export async function runThere(
  remote: Remote,
  cli: Cli,
  file: string,
  { simulate, speed, world, faults, autoApprove, breakGlass, seed, yes, json = false }: RunThereOptions,
): Promise<number> {
  refuseThere({
    '--simulate': simulate,
    '--speed': speed,
    '--world': world,
    '--faults': faults,
    '--auto-approve': autoApprove,
    '--break-glass': breakGlass,
  });
  const { runbook, request } = await requestOfFile(file, seed);
  refuseUnconfirmed(runbook, { yes }, cli);
  const api = await reachRemote(remote, cli);
  await askBeforeErasing(runbook, { yes }, undefined, cli);
  const job = await api.start(request, ulid());
  return followJob(job, api, cli, json);
}
