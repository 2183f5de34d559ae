/**
 * What AWS asks in us-east-1, in dollars, each with the page that tells it. The dashboard, bench/cost and docs/aws.md count with
 * these figures. Prices change: look at the page before you rely on one.
 */
export const PRICES = {
  /** STANDARD workflows; each retry is a transition, too. https://aws.amazon.com/step-functions/pricing/ */
  transition: 0.025 / 1000,
  /** https://aws.amazon.com/lambda/pricing/ */
  invocation: 0.2 / 1e6,
  /** Lambda on arm64, billed by the millisecond. https://aws.amazon.com/lambda/pricing/ */
  gigabyteSecond: 0.0000133334,
  /** On demand, of up to 1 KB. https://aws.amazon.com/dynamodb/pricing/on-demand/ */
  write: 0.625 / 1e6,
  /** On demand, of up to 4 KB; one that need not be consistent is half a unit. https://aws.amazon.com/dynamodb/pricing/on-demand/ */
  read: 0.125 / 1e6,
  /** HTTP API. https://aws.amazon.com/api-gateway/pricing/ */
  httpRequest: 1 / 1e6,
} as const;
