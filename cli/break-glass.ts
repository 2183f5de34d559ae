import { createInterface } from 'node:readline';
import type { BreakGlass } from '../core/jobs/job.ts';
import { breakGlassTarget, confirmBreakGlass } from '../core/policy/break-glass.ts';
import type { Policy } from '../core/policy/policy.ts';
import { clusterName } from '../core/runbooks/cluster.ts';
import type { Runbook } from '../core/runbooks/schema.ts';
import type { Cli } from './cli.ts';
import { UsageError } from './errors.ts';
import { whoTypes } from './who.ts';

/** What stands beside `--break-glass` on the command line. */
export interface Beside {
  readonly yes?: boolean | undefined;
  readonly autoApprove?: boolean | undefined;
}

/**
 * Lets one person take it upon themselves to overwrite a protected cluster: at a terminal, by typing the name of the cluster and a
 * reason. Nothing and nobody can do it for them.
 *
 * @throws UsageError when it is not allowed, nobody is there to ask, or the person types something else.
 */
export async function breakGlass(
  runbook: Runbook,
  policy: Policy,
  beside: Beside,
  cli: Cli,
): Promise<BreakGlass> {
  const target = breakGlassTarget(runbook);
  refuseBreakGlass(policy, beside, cli);
  if (target === undefined) throw refused('is for a runbook of kind restore that overwrites a cluster');
  const { err } = cli;
  err.line(err.colors.bold(err.colors.red(`BREAK-GLASS: this erases ${clusterName(target)}.`)));
  err.line(
    'Nobody else approves it, and its protection does not hold it up. It is recorded, and people are notified.',
  );
  const [cluster = '', reason = ''] = await answers(['Type the name of the cluster to erase:', 'Why:'], cli);
  const by = { type: 'cli', who: whoTypes() } as const;
  const outcome = confirmBreakGlass(runbook, { by, cluster, reason, at: new Date().toISOString() });
  if ('breakGlass' in outcome) return outcome.breakGlass;
  throw refused(
    `was not confirmed: ${outcome.faults.map(({ field, message }) => `${field} ${message}`).join('; ')}`,
  );
}

/**
 * Refuses break-glass before anything is called: where the policy does not allow it, beside what answers for a person, and where
 * there is none.
 *
 * @throws UsageError
 */
export function refuseBreakGlass(
  policy: Policy,
  { yes = false, autoApprove = false }: Beside,
  { env }: Cli,
): void {
  if (yes) throw refused('cannot be had with --yes');
  if (autoApprove) throw refused('cannot be had with --auto-approve');
  if (policy.breakGlass !== true)
    throw refused('is not allowed by the policy of this installation (breakGlass: true)');
  if ((env.CI ?? '') !== '') throw refused('is for a person, and CI is set');
  if (!process.stdin.isTTY || !process.stdout.isTTY)
    throw refused('is for a person at a terminal, and there is none');
}

function refused(why: string): UsageError {
  return new UsageError(
    `--break-glass ${why}.`,
    'Run it without --break-glass and have it approved, or see docs/policy.md.',
  );
}

/** What the person types to each question, without the spaces around it; ends early with the input. */
async function answers(questions: readonly string[], { err }: Cli): Promise<string[]> {
  const lines = createInterface({ input: process.stdin, terminal: false });
  const typed: string[] = [];
  try {
    err.stream.write(`${questions[0] ?? ''} `);
    for await (const line of lines) {
      typed.push(line.trim());
      const next = questions[typed.length];
      if (next === undefined) break;
      err.stream.write(`${next} `);
    }
    return typed;
  } finally {
    lines.close();
  }
}
