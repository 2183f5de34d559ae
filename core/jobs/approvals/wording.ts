import type { ApprovalDecision, RefusedBecause } from '../approval-record.ts';

/** Why a decision does not count, as the end of a sentence that begins with who made it. */
export const REFUSALS: Readonly<Record<RefusedBecause, string>> = {
  'not-asked': 'nobody was asked',
  late: 'the time for an answer was over',
  'not-identified': 'an AWS role or a federated session identifies no person, as its callers choose its name',
  'own-job': 'whoever started a job does not decide on it',
  'not-an-approver': 'the runbook does not name them among those who may',
  'other-plan': 'it was given for another plan than the one that stands now',
  'decided-already': 'they had decided on it already',
  played: 'Lifeboat plays approvers in a simulated Atlas alone',
};

/** Who is asked: `one other person`, `2 others of anna, ben`. Whoever started the job is never one of them. */
export function whoIsAsked({
  count,
  from,
}: {
  readonly count: number;
  readonly from?: readonly string[] | undefined;
}): string {
  const of = from === undefined ? '' : ` of ${from.join(', ')}`;
  return `${count === 1 ? 'one other person' : `${count} others`}${of}`;
}

/** `anna approved it: reason`, said of a decision that counts. */
export function decisionText({ decision, by, reason, played }: ApprovalDecision): string {
  const who = played === true ? `${by.who} (played by Lifeboat)` : by.who;
  const said = `${who} ${decision === 'approve' ? 'approved it' : 'said no'}`;
  // A reason of marks alone says nothing that could follow a colon.
  return /[\p{L}\p{N}\p{S}]/u.test(reason) ? `${said}: ${reason}` : said;
}

/** What a request is about, as a name in the middle of a sentence. */
export function gateText(gate: string): string {
  const [stage = '', ...name] = gate.split('/');
  return name.length === 0 ? 'the job' : `step "${name.join('/')}" of ${stage}`;
}
