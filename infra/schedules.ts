import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { RunbookSchedule } from '../core/runbooks/schedule-of.ts';
import { addDeadLetters } from './dead-letters.ts';
import { bundleWithRunbooks, type RunbookFolder } from './function-code.ts';
import { addFunction, give, type FunctionDefaults } from './functions.ts';
import type { History } from './history.ts';
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

/** A schedule for each runbook that has one. What could not be started in time is kept in a queue. */
export class Schedules extends Construct {
  readonly deadLetters: Queue;
  readonly handler: Function;

  constructor(scope: Construct, id: string, settings: ScheduleSettings) {
    super(scope, id);
    const { bundles, config, environment, folder, history, schedules, workflows } = settings;
    this.deadLetters = addDeadLetters(this, 'DeadLetters');
    this.handler = addFunction(this, 'Start', {
      config,
      code: bundleWithRunbooks(bundles, 'schedule', folder),
      description: 'Lifeboat: starts the job that a schedule asks for',
      timeout: Duration.minutes(1),
      failures: this.deadLetters,
    });
    give(this.handler, environment);
    history.letWrite(this.handler);
    workflows.letStart(this.handler);

    const group = new CfnScheduleGroup(this, 'Group', { name: `lifeboat-${config.stage}` });
    const role = this.#role(group);
    for (const schedule of schedules) this.#add(schedule, group, role);
  }

  #role(group: CfnScheduleGroup): Role {
    const { account } = Stack.of(this);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': account, 'aws:SourceArn': group.attrArn } },
      }),
    });
    role.addToPolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [this.handler.functionArn] }),
    );
    role.addToPolicy(
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.deadLetters.queueArn] }),
    );
    return role;
  }

  #add(schedule: RunbookSchedule, group: CfnScheduleGroup, role: Role): void {
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
        arn: this.handler.functionArn,
        roleArn: role.roleArn,
        input: JSON.stringify({ runbook: name, scheduledTime: '<aws.scheduler.scheduled-time>' }),
        deadLetterConfig: { arn: this.deadLetters.queueArn },
        retryPolicy: { maximumEventAgeInSeconds: startWithinSeconds, maximumRetryAttempts: 185 },
      },
    });
    made.node.addDependency(role);
  }
}
