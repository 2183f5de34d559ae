import type { SendTaskSuccessInput, StartExecutionInput } from '@aws-sdk/client-sfn';
import { workflowOf, type Job } from '../../core/jobs/job.ts';
import { askAws, AWS } from './ask-aws.ts';
import { readEnvironment } from './environment.ts';
import { asking } from './errors.ts';

/** Errors by which Step Functions says that a sleep is over. */
const OVER = ['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'];

/**
 * Starts the workflow of a job. The execution is named after the job, so started twice it runs once.
 *
 * @throws AwsServiceError
 */
export async function runWorkflow(jobId: string, kind: Job['kind']): Promise<void> {
  const machines = readEnvironment('workflows').LIFEBOAT_WORKFLOWS;
  const workflow = workflowOf(kind);
  const stateMachineArn = machines[workflow];
  if (stateMachineArn === undefined) throw new Error(`The workflow ${workflow} was not deployed.`);
  const input: StartExecutionInput = { stateMachineArn, name: jobId, input: JSON.stringify({ jobId }) };
  // AWS says that it is there once the execution has ended; while it runs, asking again is answered as the first time.
  await asking(`start the workflow of job ${jobId}`, () =>
    askUnless(['ExecutionAlreadyExists'], 'StartExecution', input),
  );
}

/**
 * Ends the sleep of a workflow that waits for people. A sleep that is over already has been ended by its time or by somebody
 * else, who saw the same record.
 *
 * @param taskToken as AwaitDecision kept it with the job; undefined when nothing has waited yet.
 * @throws AwsServiceError
 */
export async function wake(taskToken: string | undefined): Promise<void> {
  if (taskToken === undefined) return;
  const input: SendTaskSuccessInput = { taskToken, output: '{}' };
  await asking('wake the workflow', () => askUnless(OVER, 'SendTaskSuccess', input));
}

/** Asks Step Functions, and takes the refusals named for an answer. */
async function askUnless(refusals: readonly string[], action: string, input: object): Promise<void> {
  try {
    await askAws(AWS.workflows, action, input);
  } catch (error) {
    if (!(error instanceof Error && refusals.includes(error.name))) throw error;
  }
}
