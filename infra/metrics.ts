import { Metric, Stats, type MetricProps } from 'aws-cdk-lib/aws-cloudwatch';

/** Where lambdas/runtime/metrics.ts puts them. */
const NAMESPACE = 'Lifeboat';

/** One of Lifeboat's own metrics, of one installation. */
export function lifeboatMetric(stage: string, metricName: string, props: Partial<MetricProps> = {}): Metric {
  return new Metric({
    statistic: Stats.SUM,
    ...props,
    namespace: NAMESPACE,
    metricName,
    dimensionsMap: { service: `lifeboat-${stage}`, ...props.dimensionsMap },
  });
}

/** Every value of a metric over one dimension, such as each runbook's, in the period of the graph. */
export function metricsBy(stage: string, dimension: string, metricName: string, statistic: string): string {
  return `SEARCH('{${NAMESPACE},${dimension},service} service="lifeboat-${stage}" MetricName="${metricName}"', '${statistic}')`;
}
