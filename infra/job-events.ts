import { Duration } from 'aws-cdk-lib';
import { EventBus, EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { EventSourceMapping, FilterCriteria, MetricType, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { EnvironmentOf } from '../lambdas/runtime/environment.ts';
import { addDeadLetters } from './dead-letters.ts';
import { bundle } from './function-code.ts';
import { addFunction, allow, give, type FunctionDefaults } from './functions.ts';
import type { History } from './history.ts';
import { acceptWildcard } from './reasons.ts';
import type { Reports } from './reports.ts';

/** What job events come from and go to. */
export interface JobEventSettings extends FunctionDefaults {
  readonly bundles: string;
  readonly history: History;
  readonly reports: Reports;
  readonly topic: Topic;
}

/** The events that people are told of through the topic. */
const FOR_PEOPLE = ['breakGlass', 'failed', 'approvalWanted', 'objectiveAtRisk'].map(
  (name) => `lifeboat.job.${name}`,
);

/**
 * Job events on a bus of their own, `lifeboat.job.*`, for rules of yours. They are made of the table's stream: whatever was
 * written of a job is told, whoever wrote it, and no task waits for that.
 */
export class JobEvents extends Construct {
  readonly bus: EventBus;
  readonly handler: Function;
  /** Events that people should have been notified of. */
  readonly deadLetters: Queue;
  /** What makes events of the table's stream. */
  readonly stream: EventSourceMapping;
  /** Where the records of the stream are kept, under `aws/lambda/`, that no events could be made of. */
  readonly recordBucket: Bucket;

  constructor(scope: Construct, id: string, settings: JobEventSettings) {
    super(scope, id);
    this.bus = new EventBus(this, 'Bus', { eventBusName: `lifeboat-${settings.config.stage}` });
    this.deadLetters = addDeadLetters(this, 'DeadLetters');
    this.handler = addFunction(this, 'JobChanges', {
      config: settings.config,
      code: bundle(settings.bundles, 'job-changes'),
      description: 'Lifeboat: puts what the writes of jobs mean onto the bus, and counts it',
      timeout: Duration.minutes(1),
      failures: { seenBy: 'it reads a stream, and what it gives up goes to the bucket of its event source' },
    });
    const environment: EnvironmentOf<'bus'> = { LIFEBOAT_EVENT_BUS: this.bus.eventBusName };
    give(this.handler, { ...environment });
    allow(this.handler, ['events:PutEvents'], [this.bus.eventBusArn]);
    settings.reports.letName(this.handler);
    this.recordBucket = settings.reports.bucket;
    this.stream = this.#listen(settings);
    this.#tellFreezes(settings.topic);
    new Rule(this, 'ForPeople', {
      description: 'Tells people of jobs that failed, wait for somebody, or may miss an objective',
      eventBus: this.bus,
      eventPattern: { detailType: FOR_PEOPLE },
      targets: [
        new SnsTopic(settings.topic, {
          deadLetterQueue: this.deadLetters,
          message: RuleTargetInput.fromText(
            `${EventField.fromPath('$.detail.text')}\n\n${EventField.fromPath('$.detail.show')}`,
          ),
        }),
      ],
    });
  }

  #tellFreezes(topic: Topic): void {
    new Rule(this, 'Freezes', {
      description: 'Notifies people when the installation is frozen or unfrozen',
      eventBus: this.bus,
      eventPattern: { detailType: ['lifeboat.freeze.frozen', 'lifeboat.freeze.unfrozen'] },
      targets: [
        new SnsTopic(topic, {
          deadLetterQueue: this.deadLetters,
          message: RuleTargetInput.fromText(EventField.fromPath('$.detail.text')),
        }),
      ],
    });
  }

  #listen(settings: JobEventSettings): EventSourceMapping {
    const streamArn = settings.history.table.tableStreamArn ?? '';
    allow(
      this.handler,
      ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      [streamArn],
    );
    allow(this.handler, ['dynamodb:ListStreams'], ['*']);
    acceptWildcard(
      this.handler,
      '*',
      'dynamodb:ListStreams, which Lambda asks for where it reads a stream, knows no resources.',
    );
    settings.reports.letKeepFailures(this.handler);
    return new EventSourceMapping(this, 'Stream', {
      target: this.handler,
      eventSourceArn: streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      filters: [FilterCriteria.filter({ dynamodb: { NewImage: { sk: { S: ['JOB', 'FREEZE'] } } } })],
      batchSize: 25,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 10,
      // The stream forgets a record after a day. What could not even be tried until then is kept before that.
      maxRecordAge: Duration.hours(20),
      // A bucket gets the whole records. A queue would get pointers to them, which lead nowhere after that day.
      onFailure: { bind: () => ({ destination: settings.reports.bucket.bucketArn }) },
      metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
    });
  }
}
