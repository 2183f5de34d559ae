import { awaitDecision } from '../../core/tasks/await-decision.ts';
import { wakingTaskHandler } from '../runtime/waking-task-handler.ts';

/** AwaitDecision on AWS. */
export const handler = wakingTaskHandler(awaitDecision);
