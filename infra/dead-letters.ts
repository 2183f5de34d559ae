import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { accept } from './reasons.ts';

/** A queue for what could not be delivered, kept for two weeks, so that somebody can look and send it again. */
export function addDeadLetters(scope: Construct, id: string): Queue {
  const queue = new Queue(scope, id, {
    enforceSSL: true,
    encryption: QueueEncryption.SQS_MANAGED,
    retentionPeriod: Duration.days(14),
  });
  accept(queue, 'AwsSolutions-SQS3', 'This is a dead-letter queue itself.');
  accept(queue, 'Serverless-SQSRedrivePolicy', 'This is a dead-letter queue itself.');
  return queue;
}
