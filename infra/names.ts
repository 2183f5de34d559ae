/** The name of an alarm of an installation. The topic and its key let in alarms of such names alone. */
export function alarmName(stage: string, name: string): string {
  return `lifeboat-${stage}-${name}`;
}

/**
 * The name of a log group that a service of AWS delivers to. Groups under `/aws/vendedlogs/` need no entry of their own in the
 * account's one policy for such deliveries, which is short:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
 *
 * @param service as AWS names groups of it, for example `states`.
 */
export function vendedLogName(service: string, stage: string, name: string): string {
  return `/aws/vendedlogs/${service}/lifeboat-${stage}-${name}`;
}
