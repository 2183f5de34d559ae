import { LifeboatError } from '../../errors.ts';
import type { RefusedBecause } from '../approval-record.ts';
import { REFUSALS } from './wording.ts';

/** What somebody said of a job does not count. */
export class ApprovalRefusedError extends LifeboatError {
  override readonly name = 'ApprovalRefusedError';
  override readonly retryable = false;
  readonly because: RefusedBecause;

  constructor(jobId: string, who: string, because: RefusedBecause) {
    super(`What ${who} says of job ${jobId} does not count: ${REFUSALS[because]}.`, {
      changed: 'The job was left as it is; its timeline tells of the attempt.',
      next: NEXT[because](jobId),
    });
    this.because = because;
  }
}

const show = (jobId: string) => `Look at it with: lifeboat jobs show ${jobId}`;
const cancel = (jobId: string) => `To stop the job: lifeboat jobs cancel ${jobId} --reason TEXT`;

const NEXT: Readonly<Record<RefusedBecause, (jobId: string) => string>> = {
  'not-asked': show,
  late: () => 'Run the runbook again when those who may approve it are there.',
  'not-identified': () =>
    'Approve as an IAM user, as a user of IAM Identity Center, or with the token of a person.',
  'own-job': (jobId) => `Ask somebody else. ${cancel(jobId)}`,
  'not-an-approver': (jobId) => `Ask one of those whom the runbook names. ${show(jobId)}`,
  'other-plan': (jobId) =>
    `Look at the plan as it stands now, and decide on that one: lifeboat jobs show ${jobId}`,
  'decided-already': cancel,
  played: () => 'Somebody who may approve it has to do so: lifeboat jobs approve JOB --reason TEXT',
};
