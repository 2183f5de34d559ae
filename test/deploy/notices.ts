import * as z from 'zod';
import { askWithForm, askWithJson } from './aws-calls.ts';
import { ACCOUNT, REGION } from './cdk.ts';
import type { MiniStack } from './ministack.ts';

/** Somebody who listens to the topic of the stack, by a queue. */
export interface Listener {
  /** What came until now, oldest first: the texts as people read them. */
  messages(): Promise<readonly string[]>;
}

const NAME = 'people';

const queueSchema = z.object({ QueueUrl: z.string() });
const receivedSchema = z.object({ Messages: z.array(z.object({ Body: z.string() })).default([]) });
/** What SNS puts around a text. */
const envelopeSchema = z.object({ Message: z.string() });

/** Subscribes a queue to the topic. */
export async function listenToTopic(ministack: MiniStack, topicArn: string): Promise<Listener> {
  const queueArn = `arn:aws:sqs:${REGION}:${ACCOUNT}:${NAME}`;
  const fromTopic = {
    Effect: 'Allow',
    Principal: { Service: 'sns.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: queueArn,
    Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
  };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [fromTopic] });
  const wanted = { QueueName: NAME, Attributes: { Policy } };
  const { QueueUrl } = queueSchema.parse(await askWithJson(ministack, 'sqs', 'CreateQueue', wanted));
  await askWithForm(ministack, 'sns', {
    Action: 'Subscribe',
    TopicArn: topicArn,
    Protocol: 'sqs',
    Endpoint: queueArn,
  });
  const came: string[] = [];
  return {
    async messages() {
      for (;;) {
        const wanted = { QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 600, WaitTimeSeconds: 0 };
        const { Messages } = receivedSchema.parse(
          await askWithJson(ministack, 'sqs', 'ReceiveMessage', wanted),
        );
        if (Messages.length === 0) return came;
        came.push(...Messages.map(({ Body }) => envelopeSchema.parse(JSON.parse(Body)).Message));
      }
    },
  };
}
