import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  Metric,
  Stats,
  TreatMissingData,
  type IMetric,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { JobEvents } from './job-events.ts';
import { lifeboatMetric } from './metrics.ts';
import { alarmName } from './names.ts';
import type { Workflows } from './workflows.ts';

/** What is watched, and where it is told. */
export interface AlarmSettings {
  readonly stage: string;
  readonly topic: Topic;
  readonly workflows: Workflows;
  readonly jobEvents: JobEvents;
  /** By what they are the dead letters of. */
  readonly deadLetters: Readonly<Record<string, Queue>>;
}

interface AlarmRule {
  readonly description: string;
  readonly metric: IMetric;
  /** From here on. */
  readonly threshold: number;
}

const FIVE_MINUTES = Duration.minutes(5);

/** What somebody should be notified of at once. Except for what measures, nothing measured means that nothing is wrong. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, settings: AlarmSettings) {
    super(scope, id);
    const { stage } = settings;
    const action = new SnsAction(settings.topic);
    for (const [name, { description, metric, threshold }] of Object.entries(rules(settings))) {
      const alarm = new Alarm(this, name, {
        alarmName: alarmName(stage, name),
        alarmDescription: description,
        metric,
        threshold,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        evaluationPeriods: 1,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
      alarm.addAlarmAction(action);
    }
    this.#watchTheWatch(stage, action);
  }

  /**
   * Overdue drills and lapsing approvals are found by what measures them (watch.ts). If it stops, nothing else would say so: here
   * nothing measured means that something is wrong. So it does until the first measurement of a new installation, hence the
   * message when all is well.
   */
  #watchTheWatch(stage: string, action: SnsAction): void {
    const alarm = new Alarm(this, 'WatchStopped', {
      alarmName: alarmName(stage, 'WatchStopped'),
      alarmDescription:
        'Nothing was measured for 15 minutes, so overdue drills and open questions go unnoticed. See the log of the function Measure.',
      // Written last, when all the rest has been measured.
      metric: lifeboatMetric(stage, 'DrillsOverdue', {
        period: FIVE_MINUTES,
        statistic: Stats.SAMPLE_COUNT,
      }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 3,
      treatMissingData: TreatMissingData.BREACHING,
    });
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
  }
}

function rules({ stage, workflows, jobEvents, deadLetters }: AlarmSettings): Record<string, AlarmRule> {
  const counted = (name: string) => lifeboatMetric(stage, name, { period: FIVE_MINUTES });
  const workflowRules = [...workflows.machines].flatMap(([name, machine]): [string, AlarmRule][] => [
    [
      `WorkflowFailed-${name}`,
      {
        description: `A ${name} workflow failed. See its execution: its job failed, or how it ended could not be written down.`,
        metric: machine.metricFailed({ period: FIVE_MINUTES, statistic: Stats.SUM }),
        threshold: 1,
      },
    ],
    [
      `WorkflowAborted-${name}`,
      {
        description: `Somebody stopped a ${name} workflow in Step Functions. Its job is still open, nothing was cleaned up, and what it asked of Atlas goes on: start the workflow again for that job.`,
        metric: machine.metricAborted({ period: FIVE_MINUTES, statistic: Stats.SUM }),
        threshold: 1,
      },
    ],
  ]);
  const queueRules = Object.entries(deadLetters).map(([name, queue]): [string, AlarmRule] => [
    `DeadLetters-${name}`,
    {
      description: `The queue ${queue.queueName} holds ${name} that could not be delivered: look at them, and send them again.`,
      metric: queue.metricApproximateNumberOfMessagesVisible({
        period: FIVE_MINUTES,
        statistic: Stats.MAXIMUM,
      }),
      threshold: 1,
    },
  ]);
  return {
    JobFailed: {
      description: 'A job failed. See: lifeboat jobs list --status FAILED',
      metric: counted('JobsFailed'),
      threshold: 1,
    },
    ObjectiveMissed: {
      description: 'A drill or a restore missed its RTO or RPO. See its report.',
      metric: counted('ObjectivesMissed'),
      threshold: 1,
    },
    DrillOverdue: {
      description:
        'A cluster has had no good drill for longer than the schedule of its runbook allows, or never had one.',
      metric: lifeboatMetric(stage, 'DrillsOverdue', { period: FIVE_MINUTES, statistic: Stats.MAXIMUM }),
      threshold: 1,
    },
    ApprovalLapsing: {
      description: 'A job waits for an approval whose time is nearly over; then it fails.',
      metric: lifeboatMetric(stage, 'ApprovalsLapsing', { period: FIVE_MINUTES, statistic: Stats.MAXIMUM }),
      threshold: 1,
    },
    AtlasErrors: {
      description: 'Atlas does not answer, or answers with errors of its own. Jobs wait and try again.',
      metric: counted('AtlasErrors'),
      threshold: 20,
    },
    AtlasThrottles: {
      description: 'Atlas refuses requests as too many. Jobs slow down: run fewer at a time.',
      metric: counted('AtlasThrottles'),
      threshold: 50,
    },
    ScheduleSkipped: {
      description:
        'A run that was due could not begin in time, and was skipped. See: lifeboat jobs list --status CANCELLED',
      metric: counted('SchedulesSkipped'),
      threshold: 1,
    },
    'DeadLetters-records': {
      description: `Writes of jobs could not be made into events. They are in the bucket ${jobEvents.recordBucket.bucketName}, under aws/lambda/: hand them to the function again (docs/aws.md).`,
      metric: ofStream(jobEvents, 'OnFailureDestinationDeliveredEventCount'),
      threshold: 1,
    },
    RecordsLost: {
      description:
        'Writes of jobs could not be made into events, and could not be kept either. The jobs themselves are in the table.',
      metric: ofStream(jobEvents, 'DroppedEventCount'),
      threshold: 1,
    },
    EventsLate: {
      description: 'What jobs do reaches the bus and the metrics more than five minutes late.',
      metric: iteratorAge(jobEvents),
      threshold: 5 * 60 * 1000,
    },
    ...Object.fromEntries([...workflowRules, ...queueRules]),
  };
}

function iteratorAge({ handler }: JobEvents): Metric {
  return handler.metric('IteratorAge', { period: FIVE_MINUTES, statistic: Stats.MAXIMUM });
}

/** A metric of the stream's event source: docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
function ofStream({ stream }: JobEvents, metricName: string): Metric {
  return new Metric({
    namespace: 'AWS/Lambda',
    metricName,
    dimensionsMap: { EventSourceMappingUUID: stream.eventSourceMappingId },
    period: FIVE_MINUTES,
    statistic: Stats.SUM,
  });
}
