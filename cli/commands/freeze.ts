import { changeFreeze } from '../../core/commands/freeze.ts';
import { freezeText, standingFreeze, type FreezeEntry, type FreezeLog } from '../../core/jobs/freeze.ts';
import { jsonText, visible } from '../../core/visible-text.ts';
import type { ChannelNotice } from '../../core/notify/tell-channels.ts';
import { tellFreeze } from '../../core/notify/tell-freeze.ts';
import { openHistory } from '../../local/history.ts';
import { outboundWith } from '../../local/outbound.ts';
import { policyFrom } from '../../local/policy.ts';
import { wallClock } from '../../local/scaled-clock.ts';
import type { Cli } from '../cli.ts';
import { EXIT } from '../exit-codes.ts';
import { printError } from '../output/print-error.ts';
import { reachRemote } from '../reach-remote.ts';
import { whoTypes } from '../who.ts';

/** Options of `freeze` and `unfreeze`. */
export interface FreezeOptions {
  readonly reason?: string;
  readonly json?: boolean;
}

/** Freezes or unfreezes the installation, and notifies the channels of the policy. */
export async function freeze(cli: Cli, act: FreezeEntry['act'], options: FreezeOptions): Promise<number> {
  const { reason = null, json = false } = options;
  const log = cli.remote === undefined ? await here(cli, act, reason) : await there(cli, act, reason);
  const standing = standingFreeze(log);
  if (json) cli.out.line(jsonText({ frozen: standing !== undefined, log: log.entries }, 2));
  else if (standing === undefined) cli.out.line('Nothing is frozen: jobs may be started.');
  else cli.out.line(`${visible(freezeText(standing))}. Nothing new is changed until: lifeboat unfreeze`);
  return EXIT.done;
}

async function here(cli: Cli, act: FreezeEntry['act'], reason: string | null): Promise<FreezeLog> {
  const history = await openHistory(cli.home);
  try {
    const by = { type: 'cli', who: whoTypes() } as const;
    const { entry, log } = await changeFreeze({ act, by, reason }, history.jobs, wallClock());
    if (entry !== undefined) await tell(cli, entry);
    return log;
  } finally {
    await history.close();
  }
}

/** A policy that cannot be read keeps nobody from freezing: it only says whom to notify. */
async function tell(cli: Cli, entry: FreezeEntry): Promise<void> {
  let notices: readonly ChannelNotice[];
  try {
    const { policy } = await policyFrom(cli.env);
    notices = await tellFreeze(entry, policy.notify ?? [], outboundWith(cli.env), wallClock().now());
  } catch (error) {
    printError(error, cli.err, cli.debug);
    return;
  }
  for (const { to, sent, problem } of notices) {
    if (!sent) cli.err.line(`${to} was not notified: it ${problem ?? 'did not answer'}.`);
    else if (!cli.quiet) cli.err.line(`Notified ${to}.`);
  }
  if (notices.length === 0 && !cli.quiet) cli.err.line('Nobody was notified: the policy names no channels.');
}

async function there(cli: Cli, act: FreezeEntry['act'], reason: string | null): Promise<FreezeLog> {
  if (cli.remote === undefined) throw new TypeError('There is no API to speak to.');
  const api = await reachRemote(cli.remote, cli);
  const { log } = await api.freeze(act, reason);
  return { version: 0, entries: log };
}
