import { jobName } from '../../core/jobs/simulated.ts';
import { decideJob, FEWEST_PLAN_DIGITS } from '../../core/commands/decide-job.ts';
import { isoTime } from '../../core/clock.ts';
import type { ApprovalDecision } from '../../core/jobs/approval-record.ts';
import { openRequest, type OpenRequest } from '../../core/jobs/approvals/open-request.ts';
import { countedDecisions } from '../../core/jobs/approvals/rules.ts';
import type { Job } from '../../core/jobs/job.ts';
import { runnerOf } from '../../local/running-jobs.ts';
import { scaledClock } from '../../local/scaled-clock.ts';
import type { Cli, Remote } from '../cli.ts';
import { confirm } from '../confirm.ts';
import { UsageError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import { jobDocument } from '../job-document.ts';
import { approvalLines } from '../output/approval.ts';
import { whoTypes } from '../who.ts';
import { reachRemote } from '../reach-remote.ts';
import { readJob } from '../read-job.ts';
import { latestInstant, nowFor, withJob, type ReadJob } from '../with-job.ts';

/** Options of `jobs approve` and `jobs reject`. */
export interface DecideOptions {
  readonly reason: string;
  readonly plan?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

type Decision = ApprovalDecision['decision'];

/** Writes what the person who types says to what a job asks. A job that nobody runs finds it once it is resumed. */
export async function decide(
  cli: Cli,
  decision: Decision,
  jobId: string,
  options: DecideOptions,
): Promise<number> {
  refuseShortPlan(options.plan);
  if (cli.remote !== undefined) return decideThere(cli.remote, cli, decision, jobId, options);
  return withJob(cli, jobId, async (record) => {
    const open = openRequest(record.job);
    const clock = scaledClock(1, Math.max(Date.now(), latestInstant(record)));
    const plan = await planMeant(cli, decision, record, open, isoTime(clock.now()), options);
    const by = { type: 'cli', who: whoTypes() } as const;
    const { reason, json = false } = options;
    const job = await decideJob(jobId, { decision, by, reason, plan }, record.history.jobs, clock);
    if (json) cli.out.line(jobDocument(job));
    else cli.out.line(resultLine(decision, job, await whoGoesOn(cli, job)));
    return EXIT.done;
  });
}

/** What an API is sent when nothing is asked any more; it refuses that, and keeps the attempt in the timeline. */
const NO_PLAN = '0'.repeat(64);

async function decideThere(
  remote: Remote,
  cli: Cli,
  decision: Decision,
  jobId: string,
  options: DecideOptions,
): Promise<number> {
  const api = await reachRemote(remote, cli);
  const read = await readJob(cli, jobId);
  const plan = await planMeant(cli, decision, read, openRequest(read.job), nowFor(read), options);
  const job = await api.decide(jobId, decision, { reason: options.reason, plan: plan || NO_PLAN });
  if (options.json) cli.out.line(jobDocument(job));
  else cli.out.line(resultLine(decision, job, 'It goes on from here.'));
  return EXIT.done;
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
  { job }: ReadJob,
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

async function whoGoesOn({ home }: Cli, { jobId }: Job): Promise<string> {
  const runner = await runnerOf(home, jobId);
  return runner === undefined
    ? `No process runs it now. Go on with: lifeboat jobs resume ${jobId}`
    : `Process ${runner} runs it and goes on from here.`;
}

function resultLine(decision: Decision, job: Job, goesOn: string): string {
  const open = openRequest(job);
  const name = jobName(job);
  if (open === undefined || decision === 'reject') return `Job ${name} is rejected. ${goesOn}`;
  const { count } = open.request.rule;
  const said = countedDecisions(open.request, job).length;
  return said < count
    ? `Job ${name} is approved by ${said} of the ${count} people that it needs.`
    : `Job ${name} is approved. ${goesOn}`;
}
