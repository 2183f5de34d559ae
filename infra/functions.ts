import { RemovalPolicy, Stack, type Duration } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function, LoggingFormat, Runtime, Tracing, type Code } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Config } from './config.ts';
import { accept, acceptWildcard } from './reasons.ts';

/** Megabytes. The processor that a function is given grows with it: below this, loading the code takes noticeably longer. */
export const MEMORY = 512;

/** What every function of an installation has in common. */
export interface FunctionDefaults {
  readonly config: Pick<Config, 'stage' | 'logRetentionDays' | 'customerKeyArn'>;
}

/** A function to be made. */
export interface FunctionSettings extends FunctionDefaults {
  readonly code: Code;
  readonly description: string;
  readonly timeout: Duration;
  /**
   * Where an event goes that the function could not deal with; or, for a function whose caller waits for it, who sees that it
   * failed.
   */
  readonly failures: IQueue | { readonly seenBy: string };
}

/**
 * A function with a role and a log group of its own. It may write its log and its trace, and nothing else: what it needs
 * beyond that it is given by the construct that holds it.
 */
export function addFunction(scope: Construct, id: string, settings: FunctionSettings): Function {
  const { code, description, timeout, config, failures } = settings;
  const logGroup = new LogGroup(scope, `${id}Log`, {
    retention: config.logRetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  logGroup.grantWrite(role);
  const made = new Function(scope, id, {
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: 'index.handler',
    memorySize: MEMORY,
    tracing: Tracing.ACTIVE,
    loggingFormat: LoggingFormat.JSON,
    code,
    description,
    timeout,
    role,
    logGroup,
    ...('queueArn' in failures && { deadLetterQueue: failures }),
    environment: {
      NODE_OPTIONS: '--enable-source-maps',
      POWERTOOLS_SERVICE_NAME: `lifeboat-${config.stage}`,
    },
  });
  acceptWildcard(
    role,
    '*',
    'xray:PutTraceSegments and xray:PutTelemetryRecords, which Lambda needs to write traces, know no resources.',
  );
  letUseKey(made, config.customerKeyArn);
  if ('seenBy' in failures) {
    accept(
      made,
      'Serverless-LambdaDLQ',
      `The function is never called asynchronously, so a dead-letter queue would get nothing: ${failures.seenBy}.`,
    );
  }
  return made;
}

/** Sets a part of a function's environment. */
export function give(target: Function, environment: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(environment)) target.addEnvironment(name, value);
}

/** What the table, its stream, the secrets and the bucket ask of whoever uses them, where they are under a key of the customer. */
function letUseKey(target: Function, keyArn: string | undefined): void {
  if (keyArn === undefined) return;
  const { region, urlSuffix } = Stack.of(target);
  const actions = [
    'Decrypt',
    'DescribeKey',
    'Encrypt',
    'GenerateDataKey',
    'GenerateDataKeyWithoutPlaintext',
    'ReEncryptFrom',
    'ReEncryptTo',
  ];
  const services = ['dynamodb', 's3', 'secretsmanager'].map((name) => `${name}.${region}.${urlSuffix}`);
  allow(
    target,
    actions.map((action) => `kms:${action}`),
    [keyArn],
    { StringEquals: { 'kms:ViaService': services } },
  );
}

/** Lets a function do something with the resources named. */
export function allow(
  target: Function,
  actions: readonly string[],
  resources: readonly string[],
  conditions: Readonly<Record<string, unknown>> = {},
): void {
  target.addToRolePolicy(
    new PolicyStatement({
      effect: Effect.ALLOW,
      actions: [...actions],
      resources: [...resources],
      ...(Object.keys(conditions).length > 0 && { conditions }),
    }),
  );
}
