import { Duration } from 'aws-cdk-lib';
import { EventBus, EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { EventSourceMapping, FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Function } from 'aws-cdk-lib/aws-lambda';
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
const FOR_PEOPLE = ['failed', 'approvalWanted', 'objectiveAtRisk'].map((name) => `lifeboat.job.${name}`);

/**
 * Job events on a bus of their own, `lifeboat.job.*`, for rules of yours. They are made of the table's stream: whatever was
 * written of a job is told, whoever wrote it, and no task waits for that.
 */
export class JobEvents extends Construct {
  readonly bus: EventBus;
  readonly handler: Function;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, settings: JobEventSettings) {
    super(scope, id);
    this.bus = new EventBus(this, 'Bus', { eventBusName: `lifeboat-${settings.config.stage}` });
    this.deadLetters = addDeadLetters(this, 'DeadLetters');
    this.handler = addFunction(this, 'JobChanges', {
      config: settings.config,
      code: bundle(settings.bundles, 'job-changes'),
      description: 'Lifeboat: puts what the writes of jobs mean onto the bus, and counts it',
      timeout: Duration.minutes(1),
      failures: { seenBy: 'it reads a stream, and what it gives up goes to the queue of its event source' },
    });
    const environment: EnvironmentOf<'bus'> = { LIFEBOAT_EVENT_BUS: this.bus.eventBusName };
    give(this.handler, { ...environment });
    allow(this.handler, ['events:PutEvents'], [this.bus.eventBusArn]);
    settings.reports.letName(this.handler);
    this.#listen(settings.history);
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

  #listen({ table }: History): void {
    const streamArn = table.tableStreamArn ?? '';
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
    new EventSourceMapping(this, 'Stream', {
      target: this.handler,
      eventSourceArn: streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      filters: [FilterCriteria.filter({ dynamodb: { NewImage: { sk: { S: ['JOB'] } } } })],
      batchSize: 25,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 10,
      onFailure: new SqsDlq(this.deadLetters),
    });
  }
}
