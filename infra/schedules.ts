import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { RunbookSchedule } from '../core/runbooks/schedule-of.ts';
import { addDeadLetters } from './dead-letters.ts';
import { bundleWithRunbooks, type RunbookFolder } from './function-code.ts';
import { addFunction, give, type FunctionDefaults } from './functions.ts';
import type { History } from './history.ts';
import { accept } from './reasons.ts';
import type { Workflows } from './workflows.ts';

/** What the schedules start jobs with. */
export interface ScheduleSettings extends FunctionDefaults {
  readonly bundles: string;
  readonly folder: RunbookFolder | undefined;
  readonly schedules: readonly RunbookSchedule[];
  readonly environment: Readonly<Record<string, string>>;
  readonly history: History;
  readonly workflows: Workflows;
}

/** Where a schedule is put, and where it leads. */
interface Place {
  readonly group: CfnScheduleGroup;
  readonly role: Role;
  readonly due: Queue;
}

/** How long a start may take. */
const START = Duration.seconds(20);

/** When a start that failed is tried again. Six times what a start may take, as AWS advises for queues that functions read. */
const TRY_AGAIN = Duration.minutes(2);

/** Tries beyond those that `startWithin` has room for. The last of them finds that it is too late, and writes that down. */
const TRIES_TO_SPARE = 5;

/**
 * A schedule for each runbook that has one. EventBridge Scheduler would hand over to a function without waiting for it, and Lambda
 * would then try twice more, within minutes, whatever `startWithin` is. So the schedules write to a queue, and what is in it is
 * tried until it has begun or is too late: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export class Schedules extends Construct {
  /** What could not be started, and could not be written down as skipped either. */
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, settings: ScheduleSettings) {
    super(scope, id);
    const { bundles, config, environment, folder, history, schedules, workflows } = settings;
    this.deadLetters = addDeadLetters(this, 'DeadLetters');
    const due = this.#addQueue(schedules);
    const handler = addFunction(this, 'Start', {
      config,
      code: bundleWithRunbooks(bundles, 'schedule', folder),
      description: 'Lifeboat: starts the job that a schedule asks for',
      timeout: START,
      failures: { seenBy: 'it reads a queue, which has a queue of dead letters of its own' },
    });
    give(handler, environment);
    history.letWrite(handler);
    workflows.letStart(handler);
    handler.addEventSource(new SqsEventSource(due, { batchSize: 1 }));
    accept(
      handler,
      'Serverless-LambdaEventSourceMappingDestination',
      'Lambda gives up nothing of a queue: what cannot be started goes to the dead letters of the queue.',
    );

    const group = new CfnScheduleGroup(this, 'Group', { name: `lifeboat-${config.stage}` });
    const role = this.#role(group, due);
    for (const schedule of schedules) this.#add(schedule, { group, role, due });
  }

  #addQueue(schedules: readonly RunbookSchedule[]): Queue {
    const longest = Math.max(
      0,
      ...schedules.map(
        ({ startWithinSeconds, flexibleMinutes }) => startWithinSeconds + flexibleMinutes * 60,
      ),
    );
    return new Queue(this, 'Due', {
      enforceSSL: true,
      encryption: QueueEncryption.SQS_MANAGED,
      visibilityTimeout: TRY_AGAIN,
      deadLetterQueue: {
        queue: this.deadLetters,
        maxReceiveCount: Math.min(1000, Math.ceil(longest / TRY_AGAIN.toSeconds()) + TRIES_TO_SPARE),
      },
    });
  }

  #role(group: CfnScheduleGroup, due: Queue): Role {
    const { account } = Stack.of(this);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': account, 'aws:SourceArn': group.attrArn } },
      }),
    });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['sqs:SendMessage'],
        resources: [due.queueArn, this.deadLetters.queueArn],
      }),
    );
    return role;
  }

  #add(schedule: RunbookSchedule, { group, role, due }: Place): void {
    const { name, expression, timezone, flexibleMinutes, startWithinSeconds } = schedule;
    const made = new CfnSchedule(this, `Runbook-${name}`, {
      name,
      groupName: group.ref,
      scheduleExpression: expression,
      scheduleExpressionTimezone: timezone,
      flexibleTimeWindow:
        flexibleMinutes === 0
          ? { mode: 'OFF' }
          : { mode: 'FLEXIBLE', maximumWindowInMinutes: flexibleMinutes },
      target: {
        arn: due.queueArn,
        roleArn: role.roleArn,
        input: JSON.stringify({ runbook: name, scheduledTime: '<aws.scheduler.scheduled-time>' }),
        deadLetterConfig: { arn: this.deadLetters.queueArn },
        retryPolicy: { maximumEventAgeInSeconds: startWithinSeconds, maximumRetryAttempts: 185 },
      },
    });
    made.node.addDependency(role);
  }
}
