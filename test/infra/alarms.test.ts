import { Match, Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyBundles, resourcesOf, stackOf } from './stack.ts';

let bundles: ReturnType<typeof emptyBundles>;
let template: Template;
beforeAll(() => {
  bundles = emptyBundles();
  template = Template.fromStack(stackOf(bundles.folder).stack);
}, 120_000);
afterAll(() => {
  bundles.remove();
});

const alarms = () => Object.values(resourcesOf(template, 'AWS::CloudWatch::Alarm'));

/** The alarms on a metric. */
const on = (metric: string) => alarms().filter(({ Properties }) => Properties.MetricName === metric);

/** What only alarms of this installation, in this account, pass. */
const OWN_ALARMS = {
  StringEquals: { 'aws:SourceAccount': '111111111111' },
  ArnLike: { 'aws:SourceArn': 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:lifeboat-prod-*' },
};

describe('the topic', () => {
  it('lets alarms of this account publish, under the names that they have', () => {
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: 'sns:Publish',
            Condition: OWN_ALARMS,
          }),
        ]),
      }),
    });
    for (const { Properties } of alarms()) expect(Properties.AlarmName).toMatch(/^lifeboat-prod-/);
  });

  it('is encrypted with a key of its own, which alarms and the bus may use, and which is rotated', () => {
    const [key] = Object.keys(resourcesOf(template, 'AWS::KMS::Key'));
    template.hasResourceProperties('AWS::SNS::Topic', {
      KmsMasterKeyId: { 'Fn::GetAtt': [key, 'Arn'] },
    });
    const use = { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey*'] };
    template.hasResourceProperties('AWS::KMS::Key', {
      EnableKeyRotation: true,
      KeyPolicy: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({
            ...use,
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Condition: OWN_ALARMS,
          }),
          // EventBridge names no account when it uses a key: a condition would keep every notification out.
          { ...use, Principal: { Service: 'events.amazonaws.com' }, Resource: '*' },
        ]),
      }),
    });
  });
});

describe('what is wrong', () => {
  it('is told through the topic: every alarm has it as its action', () => {
    const [topic] = Object.keys(resourcesOf(template, 'AWS::SNS::Topic'));
    expect(alarms().length).toBeGreaterThanOrEqual(20);
    for (const { Properties } of alarms())
      expect(Properties).toMatchObject({ AlarmActions: [{ Ref: topic }] });
  });

  it('is not that nothing was measured, except where nothing else measures', () => {
    const missing = alarms().filter(({ Properties }) => Properties.TreatMissingData !== 'notBreaching');
    expect(missing.map(({ Properties }) => Properties.AlarmName)).toEqual(['lifeboat-prod-WatchStopped']);
  });

  it('has an alarm for each queue of dead letters', () => {
    const queues = resourcesOf(template, 'AWS::SQS::Queue');
    const deadLetters = Object.keys(queues).filter(
      (id) => queues[id]?.Properties.RedrivePolicy === undefined,
    );
    expect(deadLetters.length).toBeGreaterThanOrEqual(4);
    for (const queue of deadLetters) {
      const name = { 'Fn::GetAtt': [queue, 'QueueName'] };
      const watched = on('ApproximateNumberOfMessagesVisible').filter(
        ({ Properties }) =>
          JSON.stringify(Properties.Dimensions) === JSON.stringify([{ Name: 'QueueName', Value: name }]),
      );
      expect(watched, queue).toHaveLength(1);
    }
  });

  it.each(['ExecutionsFailed', 'ExecutionsAborted'])('has an alarm for each workflow on %s', (metric) => {
    const machines = Object.keys(resourcesOf(template, 'AWS::StepFunctions::StateMachine'));
    const watched = on(metric).map(({ Properties }) => JSON.stringify(Properties.Dimensions));
    expect(watched.sort()).toEqual(
      machines.map((id) => JSON.stringify([{ Name: 'StateMachineArn', Value: { Ref: id } }])).sort(),
    );
  });

  it('includes that nothing is measured any more, for three measurements in a row', () => {
    const [alarm] = on('DrillsOverdue').filter(({ Properties }) => Properties.Statistic === 'SampleCount');
    expect(alarm?.Properties).toMatchObject({
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      Period: 300,
      EvaluationPeriods: 3,
      TreatMissingData: 'breaching',
    });
    template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(5 minutes)' });
  });
});

describe('records of the stream that no events could be made of', () => {
  it('are kept whole in the bucket, before the stream forgets them, with an alarm on it', () => {
    const [bucket] = Object.keys(resourcesOf(template, 'AWS::S3::Bucket')).filter((id) =>
      id.startsWith('ReportsBucket'),
    );
    const mappings = resourcesOf(template, 'AWS::Lambda::EventSourceMapping');
    const [id, stream] = Object.entries(mappings).find(([name]) => name.startsWith('JobEvents')) ?? [];
    expect(stream?.Properties).toMatchObject({
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [bucket, 'Arn'] } } },
      MetricsConfig: { Metrics: ['EventCount'] },
    });
    expect(stream?.Properties.MaximumRecordAgeInSeconds).toBeLessThan(24 * 3600);
    for (const metric of ['OnFailureDestinationDeliveredEventCount', 'DroppedEventCount']) {
      expect(on(metric).map(({ Properties }) => Properties.Dimensions)).toEqual([
        [{ Name: 'EventSourceMappingUUID', Value: { Ref: id } }],
      ]);
    }
  });
});
