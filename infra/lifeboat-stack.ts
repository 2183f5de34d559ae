import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { Key, type IKey } from 'aws-cdk-lib/aws-kms';
import { Function } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { scheduleOf, type RunbookSchedule } from '../core/runbooks/schedule-of.ts';
import type { EnvironmentOf } from '../lambdas/runtime/environment.ts';
import { Alarms } from './alarms.ts';
import { callersOf, type Config } from './config.ts';
import { Dashboard } from './dashboard.ts';
import type { RunbookFolder } from './function-code.ts';
import { History } from './history.ts';
import { HttpApi } from './http-api.ts';
import { JobEvents } from './job-events.ts';
import { Notifications } from './notifications.ts';
import { policyEnvironment } from './policy.ts';
import { Reports } from './reports.ts';
import { readRunbooks } from './runbooks.ts';
import { Schedules } from './schedules.ts';
import { Secrets } from './secrets.ts';
import { Tasks } from './tasks.ts';
import { Watch } from './watch.ts';
import { readWorkflows } from './workflow-files.ts';
import { Workflows } from './workflows.ts';

/** An installation of Lifeboat. */
export interface LifeboatProps extends StackProps {
  readonly config: Config;
  /** The folder that scripts/bundle-lambdas.ts has written. */
  readonly bundles: string;
}

/** Lifeboat in an account: one construct for each concern, in the order in which they need each other. */
export class LifeboatStack extends Stack {
  constructor(scope: Construct, id: string, { config, bundles, ...props }: LifeboatProps) {
    super(scope, id, props);
    const { stage } = config;
    const key = customerKey(this, config);
    const folder = folderOf(config);
    const history = new History(this, 'History', key);
    const reports = new Reports(this, 'Reports', key);
    const secrets = new Secrets(this, 'Secrets', key, config.atlasUrl);
    const notifications = new Notifications(this, 'Notifications', config);
    const { topic } = notifications;

    const files = readWorkflows();
    const tasks = new Tasks(this, 'Tasks', { config, bundles, workflows: files, history, reports, secrets });
    const workflows = new Workflows(this, 'Workflows', { config, workflows: files, tasks: tasks.functions });
    for (const [name, target] of tasks.needing('wake')) workflows.letWake(`WakeBy${name}`, target);

    const starting = { config, bundles, folder, history, workflows, environment: startEnvironment(config) };
    const api = new HttpApi(this, 'HttpApi', { ...starting, reports, secrets });
    const scheduled = new Schedules(this, 'Schedules', { ...starting, schedules: schedulesIn(folder) });
    const watch = new Watch(this, 'Watch', {
      config,
      bundles,
      folder,
      history,
      environment: startEnvironment(config),
    });
    const jobEvents = new JobEvents(this, 'JobEvents', { config, bundles, history, reports, topic });
    const deadLetters = {
      schedules: scheduled.deadLetters,
      measurements: watch.deadLetters,
      events: jobEvents.deadLetters,
      notifications: notifications.deadLetters,
    };
    new Alarms(this, 'Alarms', { stage, topic, workflows, jobEvents, deadLetters });
    const functions = this.node.findAll().filter((one) => one instanceof Function);
    new Dashboard(this, 'Dashboard', { stage, functions, history, workflows });

    new CfnOutput(this, 'ApiUrl', { value: api.api.apiEndpoint });
    new CfnOutput(this, 'AtlasSecret', { value: secrets.atlas.secretArn });
    new CfnOutput(this, 'WebhookSecret', { value: secrets.outbound.secretArn });
    new CfnOutput(this, 'TableName', { value: history.table.tableName });
    new CfnOutput(this, 'ReportBucket', { value: reports.bucket.bucketName });
    new CfnOutput(this, 'TopicArn', { value: topic.topicArn });
    new CfnOutput(this, 'EventBus', { value: jobEvents.bus.eventBusName });
    new CfnOutput(this, 'JobChangesFunction', { value: jobEvents.handler.functionName });
  }
}

function customerKey(scope: Construct, { customerKeyArn }: Config): IKey | undefined {
  return customerKeyArn === undefined ? undefined : Key.fromKeyArn(scope, 'CustomerKey', customerKeyArn);
}

function folderOf(config: Config): RunbookFolder | undefined {
  const { runbooks: path } = config;
  return path === undefined ? undefined : { path, runbooks: readRunbooks(path, callersOf(config)) };
}

function schedulesIn(folder: RunbookFolder | undefined): RunbookSchedule[] {
  return (folder?.runbooks ?? []).flatMap(({ runbook }) => scheduleOf(runbook) ?? []);
}

/** What whoever starts jobs has to know. */
function startEnvironment(config: Config): Record<string, string> {
  const origin: EnvironmentOf<'origin'> = { LIFEBOAT_ATLAS_URL: config.atlasUrl };
  return { ...origin, ...policyEnvironment(config) };
}
