import { isListed, personOf, samePerson } from '../../person.ts';
import type { ApprovalDecision, ApprovalRecord, RefusedBecause } from '../approval-record.ts';
import type { Job } from '../job.ts';

/** What the rules need to know of a job. */
export type JobToApprove = Pick<Job, 'startedBy' | 'simulation'>;

/** How a request stands. */
export type Standing = 'open' | 'approved' | 'rejected' | 'expired';

/**
 * Why a decision does not count; undefined when it does. It is judged by the request as it stood when the decision was made.
 *
 * @param request the request that it is about, with the decisions that counted before it; undefined when nothing is asked.
 */
export function refusalOf(
  said: ApprovalDecision,
  request: ApprovalRecord | undefined,
  job: JobToApprove,
): RefusedBecause | undefined {
  if (request === undefined || isBefore(said.at, request.requestedAt)) return 'not-asked';
  if (request.outcome !== undefined || !isBefore(said.at, request.until)) return 'late';
  if (said.played === true && job.simulation === undefined) return 'played';
  if (!personOf(said.by.who).identified) return 'not-identified';
  if (samePerson(said.by.who, job.startedBy.who)) return 'own-job';
  const { from } = request.rule;
  if (from !== undefined && !isListed(said.by.who, from)) return 'not-an-approver';
  if (said.plan !== request.plan.hash) return 'other-plan';
  const before = request.decisions.some(({ by }) => samePerson(by.who, said.by.who));
  return before ? 'decided-already' : undefined;
}

/** A decision of a request's record, and why it does not count if it does not. */
export interface Judged {
  readonly decision: ApprovalDecision;
  readonly refused?: RefusedBecause | undefined;
}

/**
 * The decisions on record, each judged by the same rules as when it was made: a record may have been written by somebody
 * who never asked the rules.
 */
export function judgeDecisions(request: ApprovalRecord, job: JobToApprove): Judged[] {
  const asked = withoutOutcome(request);
  const judged: Judged[] = [];
  for (const decision of request.decisions) {
    const counted = judged.filter(({ refused }) => refused === undefined).map((one) => one.decision);
    judged.push({ decision, refused: refusalOf(decision, { ...asked, decisions: counted }, job) });
  }
  return judged;
}

/** The request as it was before it had an outcome. */
export function withoutOutcome(request: ApprovalRecord): ApprovalRecord {
  const { number, plan, rule, requestedAt, until, decisions } = request;
  return { number, plan, rule, requestedAt, until, decisions };
}

/** The decisions on record that count. */
export function countedDecisions(request: ApprovalRecord, job: JobToApprove): ApprovalDecision[] {
  return judgeDecisions(request, job).flatMap(({ decision, refused }) =>
    refused === undefined ? [decision] : [],
  );
}

/**
 * How a request stands at an instant. One rejection that counts is enough for no; approvals count until as many people
 * approved as the rule wants; when the time is over without them, silence means no.
 *
 * @param now ISO 8601 UTC.
 */
export function standingOf(request: ApprovalRecord, job: JobToApprove, now: string): Standing {
  if (request.outcome === 'rejected' || request.outcome === 'expired') return request.outcome;
  // An approval on record is believed no more than the decisions that it came of.
  // One that is dated ahead was not made by anybody who was asked; the clocks of machines differ by less than that matters.
  const counted = countedDecisions(request, job).filter(({ at }) => !isBefore(now, at));
  if (counted.some(({ decision }) => decision === 'reject')) return 'rejected';
  if (counted.length >= request.rule.count) return 'approved';
  return isBefore(now, request.until) ? 'open' : 'expired';
}

function isBefore(one: string, other: string): boolean {
  return Date.parse(one) < Date.parse(other);
}
