import { isoTime } from '../../clock.ts';
import type { ApprovalRecord } from '../../jobs/approval-record.ts';
import { decisionEvents, outcomeEvent, requestEvents } from '../../jobs/approvals/events.ts';
import { JOB_GATE } from '../../jobs/approvals/open-request.ts';
import { canonicalJson } from '../../jobs/chain.ts';
import { hashedPlan } from '../../jobs/approvals/plan-hash.ts';
import type { PlanFacts } from '../../jobs/approvals/plan-of-job.ts';
import { standingOf, withoutOutcome, type Standing } from '../../jobs/approvals/rules.ts';
import type { Job } from '../../jobs/job.ts';
import { end } from '../../jobs/phases.ts';
import type { NewEvent } from '../../jobs/timeline.ts';
import type { TaskContext } from '../context.ts';
import { saveJob } from '../define-task.ts';

/** A place of a job where people are asked. */
export interface Gate {
  /** `job`, or `stage/name` of a step. */
  readonly name: string;
  /** What would be done, as it stands now. */
  readonly facts: PlanFacts;
  readonly rule: ApprovalRecord['rule'];
  /** ISO 8601 UTC: until when an answer counts, should people be asked now. */
  readonly until: string;
}

/** The request of a gate, how it stands, and the job as it was then written. */
export interface Asked {
  readonly job: Job;
  readonly request: ApprovalRecord;
  readonly standing: Standing;
}

/**
 * Asks people at a gate, or looks what became of the request that was made: the answers count for the plan that they were
 * given for. When it has changed since, people are asked anew. Safe to run twice: a request, its decisions and its outcome
 * are each written to the timeline once.
 *
 * @throws JobConflictError when a decision is written at the same moment.
 */
export async function askPeople(gate: Gate, job: Job, context: TaskContext): Promise<Asked> {
  const asked = await requested(gate, job, context);
  const { jobId } = job;
  await note(jobId, requestEvents(jobId, { gate: gate.name, request: asked.request }), context);
  await note(jobId, decisionEvents(asked.job, { gate: gate.name, request: asked.request }), context);
  const standing = standingOf(asked.request, asked.job, isoTime(context.clock.now()));
  if (standing === 'open') return { ...(await reopened(asked, gate, context)), standing };
  const ended = await withOutcome(asked, gate, standing, context);
  await note(jobId, [outcomeEvent({ gate: gate.name, request: ended.request }, standing)], context);
  return { ...ended, standing };
}

async function note(jobId: string, events: readonly NewEvent[], context: TaskContext): Promise<void> {
  for (const event of events) await context.jobs.append(jobId, event);
}

type Requested = Omit<Asked, 'standing'>;

/** The request that stands for the plan as it is now, made if there is none. */
async function requested(gate: Gate, job: Job, context: TaskContext): Promise<Requested> {
  const found = job.approvals[gate.name];
  if (found !== undefined && (isNo(found) || isForPlan(found, gate, job))) return { job, request: found };
  const now = isoTime(context.clock.now());
  const number = (found?.number ?? 0) + 1;
  const { name, facts, rule, until } = gate;
  const request: ApprovalRecord = {
    number,
    plan: hashedPlan({ jobId: job.jobId, gate: name, number, rule, until }, facts),
    rule,
    requestedAt: now,
    until,
    decisions: [],
  };
  const phases =
    name === JOB_GATE
      ? { ...job.phases, approval: { startedAt: job.phases.approval?.startedAt ?? now } }
      : job.phases;
  return {
    job: await saveJob(job, { approvals: { ...job.approvals, [name]: request }, phases }, context),
    request,
  };
}

/** A no stays a no, whatever the plan has become since. */
function isNo({ outcome }: ApprovalRecord): boolean {
  return outcome === 'rejected' || outcome === 'expired';
}

/** Whether a request is for the plan as it is now, by the rule of the runbook: what the record says of the rule proves nothing. */
function isForPlan(request: ApprovalRecord, { name, facts, rule }: Gate, { jobId }: Job): boolean {
  const { number, until, plan } = request;
  const now = hashedPlan({ jobId, gate: name, number, rule, until }, facts);
  return now.hash === plan.hash && canonicalJson(request.rule) === canonicalJson(rule);
}

/** The request without an outcome that no decisions led to: somebody wrote it in, and people are still waited for. */
async function reopened(
  { job, request }: Requested,
  { name }: Gate,
  context: TaskContext,
): Promise<Requested> {
  if (request.outcome === undefined) return { job, request };
  const open = withoutOutcome(request);
  const approvals = { ...job.approvals, [name]: open };
  return { job: await saveJob(job, { approvals }, context), request: open };
}

async function withOutcome(
  { job, request }: Requested,
  { name }: Gate,
  outcome: Exclude<Standing, 'open'>,
  context: TaskContext,
): Promise<Requested> {
  if (request.outcome === outcome) return { job, request };
  const endedAt = isoTime(context.clock.now());
  const ended: ApprovalRecord = { ...request, outcome, endedAt };
  const phases = name === JOB_GATE ? end(job.phases, 'approval', endedAt) : job.phases;
  const approvals = { ...job.approvals, [name]: ended };
  return { job: await saveJob(job, { approvals, phases }, context), request: ended };
}
