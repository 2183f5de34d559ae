import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { addDeadLetters } from './dead-letters.ts';

/** Where people are told of alarms, and of jobs that failed or wait for somebody. */
export class Notifications extends Construct {
  readonly topic: Topic;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, email: string | undefined) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { enforceSSL: true });
    this.deadLetters = addDeadLetters(this, 'DeadLetters');
    if (email === undefined) return;
    this.topic.addSubscription(new EmailSubscription(email, { deadLetterQueue: this.deadLetters }));
  }
}
