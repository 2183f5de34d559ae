import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { EnvironmentOf } from '../lambdas/runtime/environment.ts';
import type { FunctionDefaults } from './functions.ts';
import { allow, give } from './functions.ts';
import { vendedLogName } from './names.ts';
import { acceptWildcard } from './reasons.ts';
import type { WorkflowFile } from './workflow-files.ts';

/** What the workflows are made of. */
export interface WorkflowSettings extends FunctionDefaults {
  readonly workflows: readonly WorkflowFile[];
  /** By the name of the task. */
  readonly tasks: ReadonlyMap<string, Function>;
}

/** A state machine for each workflow file. */
export class Workflows extends Construct {
  /** By the name of the workflow. */
  readonly machines: ReadonlyMap<string, StateMachine>;

  constructor(scope: Construct, id: string, settings: WorkflowSettings) {
    super(scope, id);
    const machines = new Map<string, StateMachine>();
    // A workflow that runs another one comes after it.
    const inOrder = settings.workflows.toSorted((one, other) => one.runs.size - other.runs.size);
    for (const file of inOrder) machines.set(file.name, this.#add(file, settings, machines));
    this.machines = machines;
  }

  /** Lets a function start workflows. Asking for one that runs under the same name and input is answered as the first time. */
  letStart(target: Function): void {
    allow(target, ['states:StartExecution'], this.#arns());
    const arns = Object.fromEntries(
      [...this.machines].map(([name, { stateMachineArn }]) => [name, stateMachineArn]),
    );
    const environment: EnvironmentOf<'workflows'> = {
      LIFEBOAT_WORKFLOWS: Stack.of(this).toJsonString(arns),
    };
    give(target, { ...environment });
  }

  /**
   * Lets a function end the sleep of workflows that wait for people. The policy stands by itself: the state machines name the
   * functions, and a function would otherwise have to wait for its role's policy, which names the state machines.
   */
  letWake(id: string, target: Function): void {
    const { role } = target;
    if (role === undefined) throw new Error(`The function of ${id} has no role.`);
    new Policy(this, id, {
      roles: [role],
      statements: [new PolicyStatement({ actions: ['states:SendTaskSuccess'], resources: this.#arns() })],
    });
  }

  #add(
    { name, definition, tasks, runs, isDistributed }: WorkflowFile,
    settings: WorkflowSettings,
    others: ReadonlyMap<string, StateMachine>,
  ): StateMachine {
    const functions = [...tasks.keys()].map(
      (task) => [task, known(task, settings.tasks).functionArn] as const,
    );
    const run = [...runs].map(([placeholder, other]) => [placeholder, known(other, others)] as const);
    const { partition } = Stack.of(this);
    const machine = new StateMachine(this, name, {
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(
        definition.replaceAll(INTEGRATION, `arn:${partition}:states:::`),
      ),
      definitionSubstitutions: Object.fromEntries([
        ...functions,
        ...run.map(([placeholder, { stateMachineArn }]) => [placeholder, stateMachineArn] as const),
      ]),
      tracingEnabled: true,
      logs: { destination: this.#log(name, settings), level: LogLevel.ALL, includeExecutionData: false },
    });
    machine.addToRolePolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: functions.map(([, arn]) => arn) }),
    );
    acceptWildcard(
      machine.role,
      '*',
      'The actions by which Step Functions delivers logs (logs:CreateLogDelivery and the like) and traces (xray:PutTraceSegments ' +
        'and the like) know no resources.',
    );
    for (const [, other] of run) letRun(machine, other);
    if (isDistributed) this.#letRunItself(machine, name);
    return machine;
  }

  #log(name: string, { config }: WorkflowSettings): LogGroup {
    return new LogGroup(this, `${name}Log`, {
      logGroupName: vendedLogName('states', config.stage, name),
      retention: config.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  /** A distributed Map starts executions of its own state machine. The policy names it, so it can't be part of the role. */
  #letRunItself(machine: StateMachine, name: string): void {
    const policy = new Policy(this, `${name}Map`, { roles: [machine.role] });
    policy.addStatements(
      new PolicyStatement({ actions: ['states:StartExecution'], resources: [machine.stateMachineArn] }),
      new PolicyStatement({
        actions: ['states:DescribeExecution', 'states:StopExecution'],
        resources: [executionsOf(machine)],
      }),
    );
    acceptWildcard(policy, executionsOf(machine), OWN_EXECUTIONS);
  }

  #arns(): string[] {
    return [...this.machines.values()].map(({ stateMachineArn }) => stateMachineArn);
  }
}

/** How the workflow files name what Step Functions does itself. Elsewhere than in the partition `aws` it has other names. */
const INTEGRATION = 'arn:aws:states:::';

/** What AWS asks of a state machine that runs another and waits for it (`startExecution.sync`). */
function letRun(machine: StateMachine, other: StateMachine): void {
  const { partition, region, account } = Stack.of(machine);
  machine.addToRolePolicy(
    new PolicyStatement({ actions: ['states:StartExecution'], resources: [other.stateMachineArn] }),
  );
  machine.addToRolePolicy(
    new PolicyStatement({
      actions: ['states:DescribeExecution', 'states:StopExecution'],
      resources: [executionsOf(other)],
    }),
  );
  machine.addToRolePolicy(
    new PolicyStatement({
      actions: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
      resources: [
        `arn:${partition}:events:${region}:${account}:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule`,
      ],
    }),
  );
  acceptWildcard(machine.role, executionsOf(other), OWN_EXECUTIONS);
}

const OWN_EXECUTIONS =
  'The executions of one state machine of this stack, which are named after jobs that are not known beforehand.';

function executionsOf(machine: StateMachine): string {
  return Stack.of(machine).formatArn({
    service: 'states',
    resource: 'execution',
    resourceName: `${machine.stateMachineName}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

function known<Thing>(name: string, things: ReadonlyMap<string, Thing>): Thing {
  const found = things.get(name);
  if (found === undefined) throw new Error(`A workflow names ${name}, which there is none of.`);
  return found;
}
