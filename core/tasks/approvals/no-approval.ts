import { jobName } from '../../jobs/simulated.ts';
import type { LifeboatError } from '../../errors.ts';
import { JOB_GATE } from '../../jobs/approvals/open-request.ts';
import { countedDecisions } from '../../jobs/approvals/rules.ts';
import { decisionText, gateText, whoIsAsked } from '../../jobs/approvals/wording.ts';
import { sentence } from '../../sentence.ts';
import { ApprovalExpiredError, ApprovalRejectedError } from '../errors.ts';
import type { Asked } from './ask-people.ts';

/** The error with which a request that did not end in an approval fails the job. */
export function noApproval(gate: string, { job, request, standing }: Asked): LifeboatError {
  const message = `${noApprovalText(gate, { job, request, standing })} It was about: ${sentence(request.plan.action)}`;
  return standing === 'rejected'
    ? new ApprovalRejectedError(message, {
        next: 'Talk with whoever said no; run the runbook again once the reason is gone.',
      })
    : new ApprovalExpiredError(message, {
        next: 'Run the runbook again when those who may approve it are there.',
      });
}

/** Why a request did not end in an approval, as a sentence. */
export function noApprovalText(gate: string, { job, request, standing }: Asked): string {
  const what = gate === JOB_GATE ? `job ${jobName(job)}` : `${gateText(gate)} of job ${jobName(job)}`;
  const counted = countedDecisions(request, job);
  const no = counted.find(({ decision }) => decision === 'reject');
  if (standing === 'rejected' && no !== undefined) {
    return `Approval of ${what} was refused: ${sentence(decisionText(no))}`;
  }
  const until = `${request.until.slice(0, 16).replace('T', ' ')} UTC`;
  return `Approval of ${what} by ${whoIsAsked(request.rule)} was wanted until ${until}, and ${counted.length} approved it. Silence means no.`;
}
