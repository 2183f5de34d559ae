import { Duration } from 'aws-cdk-lib';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import * as ROWS from '../core/tasks.ts';
import { kebab } from '../core/tasks/kebab.ts';
import type { Need, TaskRow } from '../core/tasks/needs.ts';
import type { Config } from './config.ts';
import { bundle } from './function-code.ts';
import { addFunction, give, type FunctionDefaults } from './functions.ts';
import type { History } from './history.ts';
import { policyEnvironment } from './policy.ts';
import type { Reports } from './reports.ts';
import type { Secrets } from './secrets.ts';
import type { WorkflowFile } from './workflow-files.ts';

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
    const { bundles, config, history, reports } = settings;
    const added = addFunction(this, name, {
      config,
      code: bundle(bundles, kebab(name)),
      description: `Lifeboat: the task ${name} of its workflows`,
      timeout: Duration.seconds(seconds),
      failures: { seenBy: 'Step Functions waits for it, and retries or catches its errors' },
    });
    history.letWrite(added);
    reports.letName(added);
    give(added, { ...policyEnvironment(config) });
    for (const need of needsOf(name)) this.#grant(need, added, settings);
    return added;
  }

  /** The one place that grants what a row of the table of tasks names; the state machines grant `wake`, since they are made of the tasks. */
  #grant(need: Need, target: Function, { history, reports, secrets }: TaskSettings): void {
    const grants: Readonly<Record<Need, () => void>> = {
      atlas: () => {
        secrets.letAskAtlas(target);
      },
      outbound: () => {
        secrets.letPost(target);
      },
      reports: () => {
        reports.letWrite(target);
      },
      lists: () => {
        history.letList(target);
      },
      wake: () => undefined,
    };
    grants[need]();
  }

  /** The functions of the tasks that need something, by the name of the task. */
  needing(need: Need): [name: string, target: Function][] {
    return [...this.functions].filter(([name]) => needsOf(name).includes(need));
  }
}

/** @throws TypeError for a state of a workflow that the table of tasks does not have. */
function needsOf(name: string): readonly Need[] {
  const rows: Readonly<Record<string, TaskRow>> = ROWS;
  const row = rows[name];
  if (row === undefined) throw new TypeError(`The task ${name} is not in core/tasks.ts.`);
  return row.needs;
}
