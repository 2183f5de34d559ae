import { isoTime } from '../../../core/clock.ts';
import type { StepAnswer } from '../../../core/steps/protocol/step-answer.ts';
import type { StepContext } from '../../../core/steps/protocol/step-context.ts';
import type { StepKind } from '../../../core/steps/protocol/step-kind.ts';
import { answerOf } from '../../../core/tasks/steps/answer-of.ts';
import type { WorldFile } from '../../../simulator/world-schema.ts';
import type { Rehearsal } from '../../support/rehearsal.ts';
import { stepContext } from './checking.ts';

/** More than any change of these tests takes. */
const MOST_ROUNDS = 60;

/**
 * Carries a change out as the workflow does: sends it, sends it again when the reply is lost, then looks until there is
 * something other than to wait for.
 *
 * @param context what the step is given; its clock moves on with the rehearsal's.
 */
export async function carryOut<With>(
  kind: StepKind<With>,
  settings: With,
  rehearsal: Rehearsal,
  context: StepContext = stepContext(rehearsal),
): Promise<StepAnswer> {
  const { clock } = rehearsal;
  let taken = false;
  let resent = false;
  let sentAt = context.sentAt;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const answer = await answerOf('change', async () => {
      const now = isoTime(clock.now());
      if (!taken) sentAt = now;
      const current = { ...context, now, resent, ...(sentAt !== undefined && { sentAt }) };
      const given = taken ? await kind.look?.(settings, current) : await kind.send?.(settings, current);
      if (given === undefined) throw new Error('There is nothing to call.');
      return given;
    });
    if (answer.outcome === 'done' && !taken && kind.look !== undefined) taken = true;
    else if (answer.outcome !== 'wait') return answer;
    else taken ||= answer.sent === true;
    resent ||= answer.lost === true;
    await clock.sleep((answer.waitSeconds ?? 10) * 1000);
  }
  throw new Error('The change never came to an end.');
}

/** The operations of the changes that were made in the simulator, in order. */
export function changesOf({ simulator }: Rehearsal): string[] {
  return simulator.changes().map(({ operation }) => operation);
}

/** A rule that loses one reply of an operation after everything is done. */
export function loseReply(operation: string) {
  return { faults: [{ operation, lostReply: true, count: 1 }] };
}

/** Credentials that may look at everything and change nothing. */
export const READER: Pick<WorldFile, 'credentials'> = {
  credentials: [
    {
      clientId: 'mdb_sa_id_5e2f1c0a9d3b7a4c8e6f0aaa',
      clientSecret: 'mdb_sa_sk_only-for-reading-0123456789',
      publicKey: 'readonly',
      privateKey: '5e2f1c0a-9d3b-4a4c-8e6f-0a0000000001',
      roles: { '*': ['GROUP_READ_ONLY', 'ORG_READ_ONLY'] },
    },
  ],
};
