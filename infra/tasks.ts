import { Duration } from 'aws-cdk-lib';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Config } from './config.ts';
import { bundle } from './function-code.ts';
import { addFunction, give, type FunctionDefaults } from './functions.ts';
import type { History } from './history.ts';
import { policyEnvironment } from './policy.ts';
import type { Reports } from './reports.ts';
import type { Secrets } from './secrets.ts';
import type { WorkflowFile } from './workflow-files.ts';

/** Tasks that ask nothing of Atlas. */
const WITHOUT_ATLAS = new Set([
  'AwaitDecision',
  'CloseJob',
  'EndDrill',
  'JudgeCampaign',
  'SendNotices',
  'WriteReport',
]);

/** Tasks that look for earlier jobs. */
const LISTING = new Set(['VerifyRun']);

/** Tasks that tell nobody. */
const SILENT = new Set(['WriteReport']);

/** What the tasks are given. */
export interface TaskSettings extends FunctionDefaults {
  readonly config: Config;
  /** The folder of the bundles. */
  readonly bundles: string;
  readonly workflows: readonly WorkflowFile[];
  readonly history: History;
  readonly reports: Reports;
  readonly secrets: Secrets;
}

/** A function for each task of the workflows, with what that task needs. */
export class Tasks extends Construct {
  readonly functions: ReadonlyMap<string, Function>;

  constructor(scope: Construct, id: string, settings: TaskSettings) {
    super(scope, id);
    const timeouts = new Map(settings.workflows.flatMap(({ tasks }) => [...tasks]));
    for (const { tasks } of settings.workflows) {
      for (const [name, seconds] of tasks) timeouts.set(name, Math.max(seconds, timeouts.get(name) ?? 0));
    }
    this.functions = new Map(
      [...timeouts].map(([name, seconds]) => [name, this.#add(name, seconds, settings)]),
    );
  }

  #add(name: string, seconds: number, settings: TaskSettings): Function {
    const { bundles, config, history, reports, secrets } = settings;
    const added = addFunction(this, name, {
      config,
      code: bundle(bundles, kebab(name)),
      description: `Lifeboat: the task ${name} of its workflows`,
      timeout: Duration.seconds(seconds),
      failures: { seenBy: 'Step Functions waits for it, and retries or catches its errors' },
    });
    history.letWrite(added);
    give(added, { ...policyEnvironment(config) });
    if (LISTING.has(name)) history.letList(added);
    if (!SILENT.has(name)) secrets.letPost(added);
    if (!WITHOUT_ATLAS.has(name)) secrets.letAskAtlas(added);
    if (name === 'WriteReport') reports.letWrite(added);
    else reports.letName(added);
    return added;
  }
}

function kebab(name: string): string {
  return name.replaceAll(/(?<=.)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}
