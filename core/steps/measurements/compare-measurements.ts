import type { Measure } from './measures.ts';

/** The values of a database, in bytes or pieces. What has no value is not known, which is not zero. */
type Readings = ReadonlyMap<Measure, number>;

/** A database on both clusters. */
export interface MeasuredDatabase {
  readonly database: string;
  /** On the source, at the recovery point; or what the runbook expects. */
  readonly source: Readings;
  /** Whether the source lists it now, or has values of it. */
  readonly onSource: boolean;
  /** Whether the source was seen to have it at the recovery point or earlier. */
  readonly existed: boolean;
  /** Those to compare, where they are not the same for every database. */
  readonly measures?: readonly Measure[];
  /** On the target, after the restore; undefined where the target doesn't list the database. */
  readonly target: Readings | undefined;
}

/** How the databases of two clusters compare, in words that name database and measure. */
export interface MeasuredDifferences {
  /** How many values were within the tolerance. */
  readonly same: number;
  readonly different: readonly string[];
  /** Databases that the source had and the target has not. */
  readonly missing: readonly string[];
  /** What could not be compared, and which side has no value. */
  readonly unknown: readonly string[];
}

/**
 * Compares what was measured.
 *
 * @param tolerance percent of the source's value. A value of zero tolerates nothing.
 */
export function compareMeasurements(
  databases: readonly MeasuredDatabase[],
  measures: readonly Measure[],
  tolerance: number,
): MeasuredDifferences {
  const different: string[] = [];
  const missing: string[] = [];
  const unknown: string[] = [];
  let same = 0;
  for (const { database, source, onSource, existed, measures: own = measures, target } of databases) {
    if (target === undefined) {
      if (existed) missing.push(database);
      else unknown.push(`${database} (${whyOpen(onSource)})`);
      continue;
    }
    for (const measure of own) {
      const name = `${database} ${measure}`;
      const was = source.get(measure);
      const is = target.get(measure);
      if (was === undefined || is === undefined) unknown.push(`${name} (${blindSides(was, is)})`);
      else if (isWithin(was, is, tolerance)) same += 1;
      else different.push(`${name}: ${is}, was ${was}${deviation(was, is)}`);
    }
  }
  return { same, different, missing, unknown };
}

/**
 * It may have been made after the recovery point, and rightly not be there, or not have been measured until then. Values
 * that are not there tell the one as little as the other.
 */
function whyOpen(onSource: boolean): string {
  if (!onSource) return 'on neither cluster';
  return 'not seen on the source at the recovery point, absent on the target';
}

function isWithin(was: number, is: number, tolerance: number): boolean {
  return Math.abs(is - was) * 100 <= tolerance * Math.abs(was);
}

function blindSides(was: number | undefined, is: number | undefined): string {
  if (was !== undefined) return 'no value on the target';
  return is === undefined ? 'no value on either cluster' : 'no value on the source';
}

function deviation(was: number, is: number): string {
  if (was === 0) return '';
  const percent = ((is - was) / was) * 100;
  return ` (${percent > 0 ? '+' : ''}${Number(percent.toPrecision(3))} %)`;
}
