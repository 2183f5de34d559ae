import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { addDeadLetters } from './dead-letters.ts';
import { bundleWithRunbooks, type RunbookFolder } from './function-code.ts';
import { addFunction, give, type FunctionDefaults } from './functions.ts';
import type { History } from './history.ts';

/** What is looked at. */
export interface WatchSettings extends FunctionDefaults {
  readonly bundles: string;
  readonly folder: RunbookFolder | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly history: History;
}

/** Measures every five minutes what no event tells: how old the last good drills are, and which approvals are about to lapse. */
export class Watch extends Construct {
  readonly deadLetters: Queue;

  constructor(
    scope: Construct,
    id: string,
    { bundles, config, environment, folder, history }: WatchSettings,
  ) {
    super(scope, id);
    this.deadLetters = addDeadLetters(this, 'DeadLetters');
    const handler = addFunction(this, 'Measure', {
      config,
      code: bundleWithRunbooks(bundles, 'watch', folder),
      description:
        'Lifeboat: measures the age of the last good drills, and which approvals are about to lapse',
      timeout: Duration.minutes(2),
      failures: this.deadLetters,
    });
    give(handler, environment);
    history.letRead(handler);
    new Rule(this, 'EveryFiveMinutes', {
      schedule: Schedule.rate(Duration.minutes(5)),
      targets: [new LambdaFunction(handler, { deadLetterQueue: this.deadLetters })],
    });
  }
}
