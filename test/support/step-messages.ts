import type { InboxRecord } from '../../simulator/records.ts';
import type { WitnessedMessage } from '../invariants/witness.ts';

/** What core/steps/webhook.ts posts; what tells people of a job has another type. */
interface StepBody {
  readonly type?: string;
  readonly stage?: string;
  readonly step?: string;
  readonly job?: { readonly id?: string };
}

/** What the webhook steps of jobs have posted. */
export function stepMessages(inbox: readonly InboxRecord[]): WitnessedMessage[] {
  return inbox.flatMap(({ at, body }) => {
    const { type, stage, step, job } = JSON.parse(body) as StepBody;
    if (type !== 'lifeboat.step') return [];
    return [{ jobId: job?.id ?? '', stage: stage ?? '', step: step ?? '', at }];
  });
}
