import { SendTaskSuccessCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { workflowOf, type Job } from '../../core/jobs/job.ts';
import { CLIENT_SETTINGS } from './aws-client.ts';
import { readEnvironment } from './environment.ts';
import { asking } from './errors.ts';

const client = new SFNClient(CLIENT_SETTINGS);

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
  const start = { stateMachineArn, name: jobId, input: JSON.stringify({ jobId }) };
  // AWS says that it is there once the execution has ended; while it runs, asking again is answered as the first time.
  await asking(`start the workflow of job ${jobId}`, () =>
    unless(['ExecutionAlreadyExists'], client.send(new StartExecutionCommand(start))),
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
  const end = new SendTaskSuccessCommand({ taskToken, output: '{}' });
  await asking('wake the workflow', () => unless(OVER, client.send(end)));
}

/** Waits for a call of Step Functions, and takes the errors named for an answer. */
async function unless(refusals: readonly string[], call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof Error && refusals.includes(error.name))) throw error;
  }
}
