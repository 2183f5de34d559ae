import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Config } from './config.ts';
import { addDeadLetters } from './dead-letters.ts';
import { alarmName } from './names.ts';

/**
 * Where people are notified of alarms, and of jobs that failed or wait for somebody.
 *
 * The topic is encrypted with a key of its own. CloudWatch cannot use the key of AWS, `alias/aws/sns`, whose policy does not let
 * it in and cannot be changed: https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns
 */
export class Notifications extends Construct {
  readonly topic: Topic;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { stage, alarmEmail }: Pick<Config, 'stage' | 'alarmEmail'>) {
    super(scope, id);
    const key = new Key(this, 'Key', {
      description: `Encrypts what lifeboat-${stage} notifies people of`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.topic = new Topic(this, 'Topic', { enforceSSL: true, masterKey: key });
    this.#letAlarmsPublish(stage, key);
    this.deadLetters = addDeadLetters(this, 'DeadLetters');
    if (alarmEmail === undefined) return;
    this.topic.addSubscription(new EmailSubscription(alarmEmail, { deadLetterQueue: this.deadLetters }));
  }

  /**
   * The topic has a policy of its own, which replaces the one by which CloudWatch could publish. The rules of the bus are let in
   * by the target that CDK makes of the topic; the policy of a key cannot ask for the account there, because EventBridge does not
   * say it: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
   */
  #letAlarmsPublish(stage: string, key: Key): void {
    const { account, partition, region } = Stack.of(this);
    const fromOwnAlarms = {
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      conditions: {
        StringEquals: { 'aws:SourceAccount': account },
        ArnLike: {
          'aws:SourceArn': `arn:${partition}:cloudwatch:${region}:${account}:alarm:${alarmName(stage, '*')}`,
        },
      },
    };
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsPublish',
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        ...fromOwnAlarms,
      }),
    );
    // In the policy of a key, `*` is that key.
    key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsEncrypt',
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
        ...fromOwnAlarms,
      }),
    );
  }
}
