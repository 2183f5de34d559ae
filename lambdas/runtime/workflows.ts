import {
  ExecutionAlreadyExists,
  InvalidToken,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { workflowOf, type Job } from '../../core/jobs/job.ts';
import { readEnvironment } from './environment.ts';
import { asking } from './errors.ts';

const client = new SFNClient();

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
  const command = new StartExecutionCommand({
    stateMachineArn,
    name: jobId,
    input: JSON.stringify({ jobId }),
  });
  await asking(`start the workflow of job ${jobId}`, async () => {
    try {
      await client.send(command);
    } catch (error) {
      // AWS says so once the execution has ended; while it runs, asking again is answered as the first time.
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
  });
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
  const command = new SendTaskSuccessCommand({ taskToken, output: '{}' });
  await asking('wake the workflow', async () => {
    try {
      await client.send(command);
    } catch (error) {
      const isOver =
        error instanceof TaskTimedOut || error instanceof TaskDoesNotExist || error instanceof InvalidToken;
      if (!isOver) throw error;
    }
  });
}
