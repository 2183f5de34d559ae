import { readdirSync, readFileSync } from 'node:fs';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { countEvent } from '../../lambdas/runtime/count-job.ts';
import type { RestoreJob } from '../../core/jobs/job.ts';
import type { JobEvent } from '../../core/notify/message.ts';
import { emptyBundles, resourcesOf, stackOf } from './stack.ts';

/** Names that AWS documents, with their dimensions: the page "CloudWatch metrics" of each service's guide. */
const OF_AWS = new Set([
  'AWS/DynamoDB TableName ConsumedReadCapacityUnits',
  'AWS/DynamoDB TableName ConsumedWriteCapacityUnits',
  'AWS/Lambda EventSourceMappingUUID DroppedEventCount',
  'AWS/Lambda EventSourceMappingUUID OnFailureDestinationDeliveredEventCount',
  'AWS/Lambda FunctionName Duration',
  'AWS/Lambda FunctionName IteratorAge',
  'AWS/SQS QueueName ApproximateNumberOfMessagesVisible',
  'AWS/States ServiceMetric ConsumedCapacity',
  'AWS/States StateMachineArn ExecutionsAborted',
  'AWS/States StateMachineArn ExecutionsFailed',
  'AWS/States StateMachineArn ExecutionsStarted',
]);

let bundles: ReturnType<typeof emptyBundles>;
let template: Template;
beforeAll(() => {
  bundles = emptyBundles();
  template = Template.fromStack(stackOf(bundles.folder).stack);
}, 120_000);
afterAll(() => {
  bundles.remove();
});

/** A metric as `namespace dimension,dimension name`. */
const called = (namespace: string, dimensions: readonly string[], name: string) =>
  `${namespace} ${dimensions.toSorted().join()} ${name}`;

interface Widget {
  readonly properties: { readonly metrics?: readonly (readonly unknown[])[] };
}

/** The text of the dashboard, with a word in the place of what only the deployment knows. */
function dashboard(): string {
  const [found] = Object.values(resourcesOf(template, 'AWS::CloudWatch::Dashboard'));
  const { DashboardBody } = found?.Properties as {
    readonly DashboardBody: { readonly 'Fn::Join': [string, unknown[]] };
  };
  const [, parts] = DashboardBody['Fn::Join'];
  return parts
    .map((part) => (typeof part === 'string' ? part : JSON.stringify(part).replaceAll('"', '')))
    .join('');
}

/** What the dashboard and the alarms look for. */
function wanted(): Set<string> {
  const found = new Set<string>();
  for (const { Properties } of Object.values(resourcesOf(template, 'AWS::CloudWatch::Alarm'))) {
    const dimensions = Properties.Dimensions as readonly { readonly Name: string }[];
    found.add(
      called(
        String(Properties.Namespace),
        dimensions.map(({ Name }) => Name),
        String(Properties.MetricName),
      ),
    );
  }
  const { widgets } = JSON.parse(dashboard()) as { readonly widgets: readonly Widget[] };
  const metrics = widgets.flatMap(({ properties }) => properties.metrics ?? []);
  for (const parts of metrics) {
    const [namespace, name, ...rest] = parts.filter((part) => typeof part === 'string');
    if (namespace === undefined || name === undefined) continue;
    found.add(
      called(
        namespace,
        rest.filter((_, index) => index % 2 === 0),
        name,
      ),
    );
  }
  for (const [, schema = '', name = ''] of dashboard().matchAll(
    /SEARCH\('\{([^}]+)\}.*?MetricName=\\+"(\w+)/g,
  )) {
    const [namespace = '', ...dimensions] = schema.split(',');
    found.add(called(namespace, dimensions, name));
  }
  return found;
}

interface Emitted {
  readonly _aws: {
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
}

/** What the functions of the product write, as CloudWatch reads it out of their logs. */
function emitted(): Set<string> {
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'lifeboat-prod');
  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  // Outside of Lambda, Powertools writes to a console of its own unless it is told not to.
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  try {
    const metrics = new Metrics({ namespace: 'Lifeboat' });
    const count = (job: Partial<RestoreJob>, type: JobEvent['type']) => {
      countEvent(
        { kind: 'drill', runbook: { name: 'orders' }, ...job } as RestoreJob,
        { type } as JobEvent,
        metrics,
      );
    };
    const missed = { met: false, achievedSeconds: 2, objectiveSeconds: 1 };
    count({}, 'lifeboat.job.started');
    for (const verdict of ['passed', 'inconclusive', 'failed'] as const)
      count({ status: 'FAILED', verdict, objectives: { rto: missed, rpo: missed } }, 'lifeboat.job.failed');
    count({ status: 'CANCELLED' }, 'lifeboat.job.cancelled');
    for (const name of namesInSource()) metrics.addMetric(name, 'Count', 1);
    const ofCluster = metrics.singleMetric();
    ofCluster.addDimension('cluster', 'project/orders');
    ofCluster.addMetric('LastGoodDrillAge', 'Seconds', 1);
    metrics.publishStoredMetrics();
  } finally {
    log.mockRestore();
    vi.unstubAllEnvs();
  }
  return new Set(
    lines
      .flatMap((line) => (JSON.parse(line) as Emitted)._aws.CloudWatchMetrics)
      .flatMap(({ Namespace, Dimensions, Metrics: made }) =>
        made.flatMap(({ Name }) => Dimensions.map((dimensions) => called(Namespace, dimensions, Name))),
      ),
  );
}

/** The metrics that functions name where they measure, other than those of count-job.ts. */
function namesInSource(): string[] {
  const folder = new URL('../../lambdas/runtime/', import.meta.url);
  return readdirSync(folder)
    .filter((file) => file !== 'count-job.ts')
    .flatMap((file) => [
      ...readFileSync(new URL(file, folder), 'utf8').matchAll(/\bmetrics\.addMetric\('(\w+)'/g),
    ])
    .map(([, name = '']) => name);
}

describe('the dashboard and the alarms', () => {
  it('look for metrics that are there', () => {
    const known = emitted();
    expect(known.size).toBeGreaterThan(15);
    expect([...wanted()].filter((one) => !known.has(one) && !OF_AWS.has(one))).toEqual([]);
    for (const name of [
      'AWS/States ServiceMetric ConsumedCapacity',
      'Lifeboat cluster,service LastGoodDrillAge',
    ])
      expect(wanted()).toContain(name);
  });

  it('count the time of every function into the cost, and of no other', () => {
    const functions = Object.keys(resourcesOf(template, 'AWS::Lambda::Function'));
    const counted = [...dashboard().matchAll(/"Duration","FunctionName","\{Ref:(\w+)\}"/g)].map(
      ([, id]) => id,
    );
    expect(counted.toSorted()).toEqual(functions.toSorted());
    expect(dashboard()).toContain('SUM(METRICS(\\"duration\\"))');
  });
});
