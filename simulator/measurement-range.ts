import { ApiError } from './api-error.ts';
import type { ApiRequest } from './http-types.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The steps that measurements are reported in, in milliseconds. */
const STEPS: Readonly<Record<string, number>> = { PT1M: MINUTE, PT5M: 5 * MINUTE, PT1H: HOUR, P1D: DAY };

/** Points that one series may have: a week of minutes. */
const MOST_STEPS = 10_080;

/** When, and how closely, a measurement is wanted. Instants are milliseconds since the UNIX epoch. */
export interface MeasurementRange {
  readonly granularity: string;
  /** Milliseconds between two points. */
  readonly step: number;
  readonly start: number;
  readonly end: number;
  /** The ends of the steps that have passed, oldest first. */
  readonly steps: readonly number[];
  readonly now: number;
}

/**
 * The range that a request asks for: `granularity`, and either `period` or `start` and `end`.
 *
 * @throws ApiError `MISSING_QUERY_PARAMETER`, or `INVALID_QUERY_PARAMETER` for what is no duration or no date, for
 *   both ways at once, an end before the start, or more than a week of minutes.
 */
export function measurementRange({ query, now }: ApiRequest): MeasurementRange {
  const granularity = query.get('granularity');
  if (granularity === null) throw new ApiError('MISSING_QUERY_PARAMETER', 'granularity');
  const step = STEPS[granularity];
  if (step === undefined) throw new ApiError('INVALID_QUERY_PARAMETER', 'granularity');
  const { start, end } = interval(query, now);
  if ((end - start) / step > MOST_STEPS) throw new ApiError('INVALID_QUERY_PARAMETER', 'granularity');
  const steps: number[] = [];
  for (let at = Math.ceil(start / step) * step; at <= Math.min(end, now); at += step) steps.push(at);
  return { granularity, step, start, end, steps, now };
}

/**
 * The measurements that a request asks for; all of them by default.
 *
 * @throws ApiError `INVALID_ENUM_VALUE` for an unknown one, `INVALID_QUERY_PARAMETER` for more than ten.
 */
export function wantedMeasurements({ query }: ApiRequest, known: readonly string[]): readonly string[] {
  const wanted = query.getAll('m').flatMap((names) => names.split(','));
  const unknown = wanted.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new ApiError('INVALID_ENUM_VALUE', unknown);
  if (wanted.length > 10) throw new ApiError('INVALID_QUERY_PARAMETER', 'm');
  return wanted.length === 0 ? known : wanted;
}

function interval(query: URLSearchParams, now: number): { start: number; end: number } {
  const [period, start, end] = [query.get('period'), query.get('start'), query.get('end')];
  if (period !== null) {
    if (start !== null || end !== null) throw new ApiError('INVALID_QUERY_PARAMETER', 'period');
    return { start: now - milliseconds(period), end: now };
  }
  if (start === null || end === null) {
    throw new ApiError('MISSING_QUERY_PARAMETER', start === end ? 'period' : 'start and end');
  }
  const range = { start: Date.parse(start), end: Date.parse(end) };
  if (Number.isNaN(range.start)) throw new ApiError('INVALID_QUERY_PARAMETER', 'start');
  if (Number.isNaN(range.end) || range.end < range.start) {
    throw new ApiError('INVALID_QUERY_PARAMETER', 'end');
  }
  return range;
}

/** An ISO 8601 duration of weeks, days, hours, minutes and seconds; months and years have no length of their own. */
function milliseconds(period: string): number {
  const match = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(period);
  const units = [7 * DAY, DAY, HOUR, MINUTE, 1000];
  const length = units.reduce((sum, unit, index) => sum + unit * Number(match?.[index + 1] ?? 0), 0);
  if (length === 0) throw new ApiError('INVALID_QUERY_PARAMETER', 'period');
  return length;
}
