import { Metrics } from '@aws-lambda-powertools/metrics';

/** The namespace of every metric; the CDK app reads them there. */
export const NAMESPACE = 'Lifeboat';

/**
 * Metrics in CloudWatch's embedded format: lines in the log that CloudWatch counts, so that no call is made. They are split
 * by stage (`POWERTOOLS_SERVICE_NAME`).
 */
export const metrics = new Metrics({ namespace: NAMESPACE });

/** Writes down what was measured since the last time. Without anything to write, Powertools would put a warning into the log. */
export function publishMetrics(): void {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
}
