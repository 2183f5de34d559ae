import { Match, Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { emptyBundles, resourcesOf, scheduledRunbooks, stackOf } from './stack.ts';

let bundles: ReturnType<typeof emptyBundles>;
beforeAll(() => (bundles = emptyBundles()));
afterAll(() => {
  bundles.remove();
});

const templateOf = (choices: object) => Template.fromStack(stackOf(bundles.folder, choices).stack);

it('a schedule asks for its runbook in its time zone, by a queue', () => {
  const template = templateOf({ runbooks: scheduledRunbooks() });
  const [due] = Object.keys(resourcesOf(template, 'AWS::SQS::Queue')).filter((id) =>
    id.startsWith('SchedulesDue'),
  );
  template.hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: 'cron(0 3 ? * SUN *)',
    ScheduleExpressionTimezone: 'Europe/Berlin',
    FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 },
    Target: {
      Arn: { 'Fn::GetAtt': [due, 'Arn'] },
      Input: '{"runbook":"orders-weekly-drill","scheduledTime":"<aws.scheduler.scheduled-time>"}',
      RetryPolicy: { MaximumEventAgeInSeconds: 3600 },
      DeadLetterConfig: Match.anyValue(),
    },
  });
});

it('what is due is tried for as long as it may begin late, and then once more to write down that it was skipped', () => {
  const template = templateOf({ runbooks: scheduledRunbooks() });
  const queues = Object.values(resourcesOf(template, 'AWS::SQS::Queue'));
  const [due] = queues.filter(({ Properties }) => Properties.RedrivePolicy !== undefined);
  const { maxReceiveCount } = due?.Properties.RedrivePolicy as { readonly maxReceiveCount: number };
  const seconds = Number(due?.Properties.VisibilityTimeout) * (maxReceiveCount - 1);
  // startWithin is an hour unless it says otherwise, and the flexible window of this runbook is 15 minutes.
  expect(seconds).toBeGreaterThan(3600 + 15 * 60);
  expect(maxReceiveCount).toBeLessThanOrEqual(1000);
});

it('nobody calls the function asynchronously, by which Lambda would give up after three tries', () => {
  const template = templateOf({ runbooks: scheduledRunbooks() });
  const schedules = Object.values(resourcesOf(template, 'AWS::Scheduler::Schedule'));
  expect(JSON.stringify(schedules)).not.toContain('SchedulesStart');
  const mappings = Object.keys(resourcesOf(template, 'AWS::Lambda::EventSourceMapping'));
  expect(mappings.filter((id) => id.startsWith('SchedulesStart'))).toHaveLength(1);
});

it('without runbooks there is no schedule', () => {
  expect(resourcesOf(templateOf({}), 'AWS::Scheduler::Schedule')).toEqual({});
});
