/** Measurements over time as Atlas gives them. */
export interface SeriesFacts {
  readonly name?: string | undefined;
  /** `BYTES`, `SCALAR`, or another unit. */
  readonly units?: string | undefined;
  readonly dataPoints?: readonly PointFacts[] | undefined;
}

interface PointFacts {
  /** ISO 8601 UTC. */
  readonly timestamp?: string | undefined;
  /** Atlas sends null, or nothing, where it has no value for that moment. */
  readonly value?: number | null | undefined;
}

/** A point that has a value. `at` is in milliseconds since 1970. */
export interface Point {
  readonly at: number;
  readonly value: number;
}

/** Units in which a size or a number is counted one by one. */
const PLAIN_UNITS = ['BYTES', 'SCALAR'];

/**
 * The point nearest to an instant, of those that have a value and lie between two instants; undefined where there is none,
 * or the series is missing or counted in another unit than bytes or pieces. The later of two that are equally near.
 */
export function nearestPoint(
  series: readonly SeriesFacts[],
  name: string,
  wanted: { readonly at: number; readonly from: number; readonly to: number },
): Point | undefined {
  const found = series.find((one) => one.name === name);
  if (found === undefined || !PLAIN_UNITS.includes(found.units ?? 'SCALAR')) return undefined;
  const distance = (point: Point) => Math.abs(point.at - wanted.at);
  return (found.dataPoints ?? [])
    .map(({ timestamp, value }) => ({ at: Date.parse(timestamp ?? ''), value: value ?? Number.NaN }))
    .filter((point) => Number.isFinite(point.value) && point.at >= wanted.from && point.at <= wanted.to)
    .sort((a, b) => distance(a) - distance(b) || b.at - a.at)[0];
}

/** A stretch of time to ask for, with the distance between points. Instants are milliseconds since 1970. */
export interface Span {
  readonly granularity: 'PT1M' | 'PT1H' | 'P1D';
  readonly from: number;
  readonly to: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Databases are measured every 20 minutes, or more seldom under load. */
const AROUND = HOUR;

/**
 * What to ask of Atlas to learn a value of an instant in the past: the finest points that are still kept (a minute apart
 * for 48 hours, an hour apart for 63 days, a day apart for ever: mongodb.com/docs/atlas/monitor-cluster-metrics), and so
 * much to both sides that some point falls into it. It ends now at the latest.
 */
export function spanAround(at: number, now: number): Span {
  // What is about to be thrown away may be gone when the request arrives.
  const age = now - at + 2 * AROUND;
  const [granularity, around] =
    age < 2 * DAY
      ? (['PT1M', AROUND] as const)
      : age < 63 * DAY
        ? (['PT1H', 3 * HOUR] as const)
        : (['P1D', 2 * DAY] as const);
  return { granularity, from: at - around, to: Math.max(at, Math.min(at + around, now)) };
}
