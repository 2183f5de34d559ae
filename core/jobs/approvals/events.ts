import type { ApprovalDecision, ApprovalRecord, RefusedBecause } from '../approval-record.ts';
import type { NewEvent } from '../timeline.ts';
import type { OpenRequest } from './open-request.ts';
import { judgeDecisions, type JobToApprove } from './rules.ts';
import { decisionText, gateText, REFUSALS, whoIsAsked } from './wording.ts';
import { sentence } from '../../sentence.ts';

/** What a request is in the timeline; first, when it replaces another, that what was said of that one is void. */
export function requestEvents(jobId: string, { gate, request }: OpenRequest): NewEvent[] {
  const { number, plan, requestedAt, until, rule } = request;
  const data = { gate, number, plan: plan.hash };
  const changed: NewEvent = {
    at: requestedAt,
    type: 'approval-plan-changed',
    once: `approval-plan-changed-${gate}-${number}`,
    message: `The plan has changed since people were asked about ${gateText(gate)}: what was said of it does not count any more.`,
    data,
  };
  const wanted: NewEvent = {
    at: requestedAt,
    type: 'approval-wanted',
    once: `approval-wanted-${gate}-${number}`,
    message: `Approval by ${whoIsAsked(rule)} is wanted until ${until.slice(0, 16).replace('T', ' ')} UTC. ${sentence(plan.action)} Look and answer with: lifeboat jobs approve ${jobId} --reason TEXT`,
    data: { ...data, until, count: rule.count, from: rule.from?.join(', ') ?? null },
  };
  return number > 1 ? [changed, wanted] : [wanted];
}

/** Every decision on a request's record, in order: taken, or found there and refused. */
export function decisionEvents(job: JobToApprove, { gate, request }: OpenRequest): NewEvent[] {
  return judgeDecisions(request, job).map(({ decision, refused }, index) => ({
    ...(refused === undefined ? takenEvent(gate, decision) : refusedEvent(gate, decision, refused)),
    once: `approval-said-${gate}-${request.number}-${index + 1}`,
  }));
}

function takenEvent(gate: string, said: ApprovalDecision): NewEvent {
  return {
    at: said.at,
    type: said.decision === 'approve' ? 'approval-given' : 'approval-denied',
    message: `Of ${gateText(gate)}: ${sentence(decisionText(said))}`,
    data: dataOf(gate, said),
  };
}

/** A decision that was not taken. */
export function refusedEvent(gate: string | null, said: ApprovalDecision, because: RefusedBecause): NewEvent {
  return {
    at: said.at,
    type: 'approval-refused',
    message: `What ${said.by.who} said (${said.decision}) does not count: ${REFUSALS[because]}.`,
    data: { ...dataOf(gate, said), because },
  };
}

function dataOf(gate: string | null, { decision, by, reason, plan, played }: ApprovalDecision) {
  return { gate, decision, by: by.who, type: by.type, reason, plan, ...(played === true && { played }) };
}

const ENDINGS: Readonly<Record<NonNullable<ApprovalRecord['outcome']>, string>> = {
  approved: 'is approved',
  rejected: 'is rejected',
  expired: 'was not approved in time; silence means no',
};

/** How a request ended. */
export function outcomeEvent(
  { gate, request }: OpenRequest,
  outcome: NonNullable<ApprovalRecord['outcome']>,
): NewEvent {
  const { endedAt, until, number, plan } = request;
  const what = gateText(gate);
  return {
    at: endedAt ?? until,
    type: `approval-${outcome}`,
    once: `approval-ended-${gate}-${number}`,
    message: `${what.charAt(0).toUpperCase()}${what.slice(1)} ${ENDINGS[outcome]}.`,
    data: { gate, number, plan: plan.hash },
  };
}
