import { refuseIfFrozen } from '../jobs/freeze.ts';
import type { TaskContext } from './context.ts';

/**
 * Stops before a request that changes something. What Atlas was asked for before is followed to its end, whatever a freeze says,
 * and so are clean-up, verification and the way back of a cutover.
 *
 * @param notDone what is not asked for, as a sentence.
 * @throws FrozenError
 */
export async function stopIfFrozen(notDone: string, { jobs }: TaskContext): Promise<void> {
  await refuseIfFrozen(jobs, notDone);
}
