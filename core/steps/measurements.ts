import * as z from 'zod';
import type { AtlasClient } from '../atlas/client.ts';
import { secondsBetween } from '../clock.ts';
import { clusterName, type ClusterRef } from '../runbooks/cluster.ts';
import { duration, plainLine } from '../runbooks/fields.ts';
import { compareMeasurements, type MeasuredDatabase } from './measurements/compare-measurements.ts';
import { figures, MEASURES } from './measurements/measures.ts';
import { expectedDatabases } from './measurements/expected-databases.ts';
import {
  databaseNames,
  findDatabases,
  readDatabase,
  type Measured,
  type MeasuredCluster,
  type Wanted,
} from './measurements/read-databases.ts';
import type { StepAnswer } from './protocol/step-answer.ts';
import type { StepContext } from './protocol/step-context.ts';
import type { StepKind } from './protocol/step-kind.ts';
import { listed } from './shared/listed.ts';
import { couldNotSee, noSource, noTarget, see } from './shared/seeing.ts';
import { spanAround } from './shared/series.ts';

const settings = z.strictObject({
  tolerance: z
    .number()
    .min(0)
    .max(100)
    .describe('How far a value may be from that of the source, in percent of the latter'),
  measures: z
    .array(z.enum(MEASURES))
    .min(1)
    .default([...MEASURES])
    .describe('What to compare; absent: everything'),
  databases: z
    .array(plainLine.min(1).max(64))
    .min(1)
    .optional()
    .describe('Databases to compare; absent: all but admin, config and local'),
  expected: z
    .array(figures)
    .min(1)
    .max(100)
    .optional()
    .describe(
      'What each database must hold, instead of what the source holds: for a source outside of Atlas',
    ),
  wait: duration
    .prefault('45m')
    .describe('How long after the restore values may be missing: Atlas measures every 20 minutes or so'),
});

/** What `with` holds. */
export type MeasurementsWith = z.output<typeof settings>;

/** Seconds between looks while the restored cluster has not been measured. */
const LOOK_AGAIN_SECONDS = 60;

const QUESTION = 'whether the restored databases are complete';

/**
 * Each database of the target is about as large as it was on the source at the recovery point or when writes were stopped,
 * or as the runbook expects. Its timeout must be longer than `wait`.
 *
 * Doc: return-measurements-for-one-database-in-one-mongodb-process.
 */
export const measurements: StepKind<MeasurementsWith> = {
  use: 'measurements',
  stages: ['verify'],
  effect: 'check',
  destroys: false,
  timeout: '1h',
  operations: {
    listGroupProcesses: ['Project Read Only'],
    listDatabases: ['Project Read Only'],
    getDatabaseMeasurements: ['Project Read Only'],
  },
  asksAbout: ['source', 'target'],
  with: settings,
  summary: ({ measures, tolerance, expected }) =>
    expected === undefined
      ? `Compare ${measures.join(', ')} of each database with the source, within ${tolerance} %`
      : `Compare ${expected.map(({ database }) => database).join(', ')} with the figures of the runbook, within ${tolerance} %`,

  async look(settings, context) {
    const { job, source, target } = context;
    const { dataOf: time } = job;
    const { expected } = settings;
    if (target === undefined) return noTarget('database');
    if (expected !== undefined) {
      const what = `the databases of ${clusterName(target)}`;
      const found = await see(what, () => compareExpected({ ...settings, expected }, { ...context, target }));
      return 'unseen' in found ? couldNotSee(found, QUESTION) : found.seen;
    }
    if (source === undefined) return noSource('database');
    if (time === undefined) return couldNotSee({ unseen: 'the instant that the data is of' }, QUESTION);
    const what = `the databases of ${clusterName(target)} and ${clusterName(source)}`;
    const found = await see(what, () => compare(settings, { ...context, source, target, time }));
    return 'unseen' in found ? couldNotSee(found, QUESTION) : found.seen;
  },
};

interface Comparison extends StepContext {
  readonly source: ClusterRef;
  readonly target: ClusterRef;
  /** The instant of the recovery point, ISO 8601 UTC. */
  readonly time: string;
}

/** What is measured of the named databases, compared with the runbook's own figures. */
async function compareExpected(
  settings: MeasurementsWith & { readonly expected: NonNullable<MeasurementsWith['expected']> },
  context: StepContext & { readonly target: ClusterRef },
): Promise<StepAnswer> {
  const { target, atlas } = context;
  const cluster = await findDatabases(target, atlas);
  if (cluster.shards.length === 0) return noProcess(cluster.ref);
  const names = settings.expected.map(({ database }) => database);
  const listedNames = names.filter((name) => databaseNames(cluster).includes(name));
  const measured = await readAll(cluster, listedNames, wantedNow(settings, context), atlas);
  if (!isMeasured(names, measured) && isEarly(settings, context)) return notYet(target);
  const databases = expectedDatabases(settings.expected, measured);
  return answer(databases, settings, { target: clusterName(target), with: 'the figures of the runbook' });
}

async function compare(settings: MeasurementsWith, context: Comparison): Promise<StepAnswer> {
  const { atlas, source, target } = context;
  const before = await findDatabases(source, atlas);
  const after = await findDatabases(target, atlas);
  const empty = [before, after].find((cluster) => cluster.shards.length === 0);
  if (empty !== undefined) return noProcess(empty.ref);
  const restored = await readAll(after, databaseNames(after), wantedNow(settings, context), atlas);
  const wanted = settings.databases ?? databaseNames(before);
  if (!isMeasured(wanted, restored) && isEarly(settings, context)) return notYet(target);
  // What only the target lists, without a value since the restore, is what was there before it.
  const more = [...restored].filter(([, measured]) => measured.readings.size > 0).map(([name]) => name);
  const names = settings.databases ?? [...new Set([...wanted, ...more])].sort();
  const original = await readAll(before, names, wantedAt(settings, context), atlas);
  return answer(pair(names, databaseNames(before), original, restored), settings, {
    target: clusterName(target),
    with: `${clusterName(source)} at ${instantName(context)}`,
    time: context.time,
  });
}

/** What people call the instant that the data of the target is of. */
function instantName({ job }: StepContext): string {
  return job.migration !== undefined ? 'the write stop' : 'the recovery point';
}

function noProcess(ref: ClusterRef): StepAnswer {
  const message = `Atlas lists no process that holds data of ${clusterName(ref)}; ${QUESTION} is not known.`;
  return { outcome: 'unknown', message };
}

/** The newest values, of those taken since the restore finished: older ones are of what was there before it. */
function wantedNow({ measures }: MeasurementsWith, { job, now }: StepContext): Wanted {
  const to = Date.parse(now);
  const from = Date.parse(job.doneAt ?? job.createdAt);
  return { measures, at: to, span: { ...spanAround(from, to), from, to } };
}

/** The values of the source at the recovery point. */
function wantedAt({ measures }: MeasurementsWith, { now, time }: Comparison): Wanted {
  const at = Date.parse(time);
  return { measures, at, span: spanAround(at, Date.parse(now)) };
}

type Values = ReadonlyMap<string, Measured>;

async function readAll(
  cluster: MeasuredCluster,
  names: readonly string[],
  wanted: Wanted,
  atlas: AtlasClient,
): Promise<Values> {
  const found = new Map<string, Measured>();
  for (const name of names) found.set(name, await readDatabase(cluster, name, wanted, atlas));
  return found;
}

/** Whether Atlas has measured the restored cluster: something on it, and every wanted database. */
function isMeasured(wanted: readonly string[], restored: Values): boolean {
  const hasValues = (measured: Measured | undefined) => (measured?.readings.size ?? 0) > 0;
  // One that is not listed yet may be listed once it is measured.
  return [...restored.values()].some(hasValues) && wanted.every((name) => hasValues(restored.get(name)));
}

function isEarly({ wait }: MeasurementsWith, { job, now }: StepContext): boolean {
  return secondsBetween(job.doneAt ?? job.createdAt, now) < wait;
}

function notYet(target: ClusterRef): StepAnswer {
  const message = `Atlas has not measured the new databases of ${clusterName(target)} yet.`;
  return { outcome: 'wait', message, waitSeconds: LOOK_AGAIN_SECONDS };
}

function pair(
  names: readonly string[],
  listedOnSource: readonly string[],
  original: Values,
  restored: Values,
): MeasuredDatabase[] {
  return names.map((database) => {
    const source = original.get(database);
    return {
      database,
      source: source?.readings ?? new Map(),
      onSource: listedOnSource.includes(database) || (source?.readings.size ?? 0) > 0,
      existed: source?.existed ?? false,
      target: restored.get(database)?.readings,
    };
  });
}

function answer(
  databases: readonly MeasuredDatabase[],
  { measures, tolerance }: MeasurementsWith,
  compared: { readonly target: string; readonly with: string; readonly time?: string },
): StepAnswer {
  const found = compareMeasurements(databases, measures, tolerance);
  const { same, different, missing, unknown } = found;
  const evidence = {
    databases: databases.length,
    same,
    tolerancePercent: tolerance,
    ...(compared.time !== undefined && { recoveryPoint: compared.time }),
    missing: listed(missing),
    different: listed(different),
    unknown: listed(unknown),
  };
  const where = `${compared.target}, compared with ${compared.with}`;
  const faults = [
    ...(missing.length > 0 ? [`missing databases: ${listed(missing)}`] : []),
    ...(different.length > 0 ? [`more than ${tolerance} % apart: ${listed(different)}`] : []),
  ];
  const open = unknown.length > 0 ? [`not known: ${listed(unknown)}`] : [];
  if (faults.length > 0) {
    return { outcome: 'failed', message: `${where}: ${[...faults, ...open].join('; ')}.`, evidence };
  }
  if (open.length > 0 || same === 0) {
    const what = open.length > 0 ? open.join('') : 'there is nothing to compare';
    return { outcome: 'unknown', message: `${where}: ${what}, so ${QUESTION} is not known.`, evidence };
  }
  const message = `${where}: ${same} values of ${databases.length} databases are within ${tolerance} %.`;
  return { outcome: 'done', message, evidence };
}
