import { decideJob, FEWEST_PLAN_DIGITS } from '../../core/commands/decide-job.ts';
import { isoTime } from '../../core/clock.ts';
import type { ApprovalDecision } from '../../core/jobs/approval-record.ts';
import { openRequest, type OpenRequest } from '../../core/jobs/approvals/open-request.ts';
import { countedDecisions } from '../../core/jobs/approvals/rules.ts';
import type { Job } from '../../core/jobs/job.ts';
import { runnerOf } from '../../local/running-jobs.ts';
import { scaledClock } from '../../local/scaled-clock.ts';
import type { Cli } from '../cli.ts';
import { confirm } from '../confirm.ts';
import { UsageError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import { jobDocument } from '../job-document.ts';
import { approvalLines } from '../output/approval.ts';
import { whoTypes } from '../who.ts';
import { latestInstant, withJob, type JobRecord } from '../with-job.ts';

/** Options of `jobs approve` and `jobs reject`. */
export interface DecideOptions {
  readonly reason: string;
  readonly plan?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

type Decision = ApprovalDecision['decision'];

/** Writes what the person who types says to what a job asks. A job that nobody runs finds it once it is resumed. */
export function decide(cli: Cli, decision: Decision, jobId: string, options: DecideOptions): Promise<number> {
  refuseShortPlan(options.plan);
  return withJob(cli, jobId, async (record) => {
    const open = openRequest(record.job);
    const clock = scaledClock(1, Math.max(Date.now(), latestInstant(record)));
    const plan = await planMeant(cli, decision, record, open, isoTime(clock.now()), options);
    const by = { type: 'cli', who: whoTypes() } as const;
    const { reason, json = false } = options;
    const job = await decideJob(jobId, { decision, by, reason, plan }, record.history.jobs, clock);
    if (json) cli.out.line(jobDocument(job));
    else cli.out.line((await resultLines(cli, decision, job)).join('\n'));
    return EXIT.done;
  });
}

function refuseShortPlan(plan: string | undefined): void {
  if (plan === undefined || new RegExp(`^[0-9a-f]{${FEWEST_PLAN_DIGITS},64}$`, 'i').test(plan)) return;
  throw new UsageError(
    `--plan ${plan} is not the hash of a plan, nor the beginning of one.`,
    `Copy it from "lifeboat jobs show JOB": at least ${FEWEST_PLAN_DIGITS} digits of it.`,
  );
}

/**
 * The hash of the plan that the person decides on: the one they name, or the one that they are shown now. What is asked no
 * more needs no plan; the attempt is refused, and the timeline tells of it.
 *
 * @throws UsageError when nobody is there to be shown it, or says that they don't mean it.
 */
async function planMeant(
  { err }: Cli,
  decision: Decision,
  { job }: JobRecord,
  open: OpenRequest | undefined,
  now: string,
  { plan, yes = false }: DecideOptions,
): Promise<string> {
  if (plan !== undefined || open === undefined) return plan ?? '';
  if (!process.stdin.isTTY || !err.stream.isTTY) {
    throw new UsageError(
      `Nobody is there to be shown what job ${job.jobId} asks, so the plan has to be named.`,
      `Look at it with "lifeboat jobs show ${job.jobId}", and add --plan with the digits that it prints.`,
    );
  }
  err.line(approvalLines(open, job, { now, width: err.width, colors: err.colors }).join('\n'));
  const { hash } = open.request.plan;
  if (yes || (await confirm(`\nType yes to ${decision} it:`, process.stdin, err))) return hash;
  throw new UsageError(
    `Nothing was said of job ${job.jobId}.`,
    `Run it again and type the whole word yes to ${decision} it.`,
  );
}

async function resultLines({ home }: Cli, decision: Decision, job: Job): Promise<string[]> {
  const open = openRequest(job);
  const { jobId } = job;
  const runner = await runnerOf(home, jobId);
  const goesOn =
    runner === undefined
      ? `No process runs it now. Go on with: lifeboat jobs resume ${jobId}`
      : `Process ${runner} runs it and goes on from here.`;
  if (open === undefined || decision === 'reject') return [`Job ${jobId} is rejected. ${goesOn}`];
  const { count } = open.request.rule;
  const said = countedDecisions(open.request, job).length;
  return said < count
    ? [`Job ${jobId} is approved by ${said} of the ${count} people that it needs.`]
    : [`Job ${jobId} is approved. ${goesOn}`];
}
