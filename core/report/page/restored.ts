import type { PointInTime } from '../../runbooks/snapshot.ts';
import type { Report } from '../report.ts';
import type { ReportedRecoveryPoint } from '../reported-restore.ts';
import { code, facts, instant, section, size, type Fact } from './pieces.ts';
import { route } from './route.ts';
import { html, type Html } from './template.ts';

const DELIVERIES: Readonly<Record<NonNullable<Report['delivery']>, string>> = {
  automated: 'a snapshot, restored onto the target by Atlas',
  pointInTime: 'a point in time, restored onto the target by Atlas',
  download: 'a download; nothing is overwritten',
};

const CHOICES: Readonly<Record<ReportedRecoveryPoint['chosenBy'], string>> = {
  snapshot: 'named in the runbook',
  latest: 'the newest completed snapshot',
  random: 'drawn at random',
  pointInTime: 'a point in time named in the runbook',
  fresh: 'a snapshot taken for this job',
};

/** What was restored, from where and to where; nothing for a job that restores nothing. */
export function restored(report: Report): Html | null {
  if (report.delivery === null) return null;
  const { source, target, projects, recoveryPoint, restoreRequest } = report;
  return section(
    'restored',
    report.atlas.restoreFinishedAt === null ? 'What was to be restored' : 'What was restored',
    route(source ?? 'the source', target ?? 'a download', projects),
    facts([
      ['Delivery', DELIVERIES[report.delivery]],
      ...(recoveryPoint === null
        ? [['Recovery point', 'none was chosen'] as const]
        : recoveryPointFacts(recoveryPoint)),
      ['Restore requested', restoreRequest === null ? 'no request stands' : requested(restoreRequest)],
      ['Restored and checked', report.restoredAt === null ? 'no' : instant(report.restoredAt)],
    ]),
  );
}

function requested({ at, attempt }: NonNullable<Report['restoreRequest']>): Html {
  return attempt === 1
    ? instant(at)
    : html`${instant(at)}, attempt ${attempt}; earlier ones were refused or did not reach Atlas`;
}

function recoveryPointFacts(point: ReportedRecoveryPoint): readonly Fact[] {
  return [
    ['Recovery point', point.time === null ? 'not complete yet' : instant(point.time)],
    ['Chosen as', CHOICES[point.chosenBy]],
    ['Eligible snapshots', point.candidates === null ? null : String(point.candidates)],
    ['Seed of the draw', point.seed === null ? null : code(String(point.seed))],
    ['Next recovery point', point.nextTime === null ? null : instant(point.nextTime)],
    ['Point in time', point.pointInTime === null ? null : pointInTime(point.pointInTime)],
    ['Snapshot', point.snapshotId === null ? null : code(point.snapshotId)],
    ['Type', point.snapshotType],
    ['Size', point.sizeBytes === null ? null : size(point.sizeBytes)],
    ['MongoDB version', point.version],
    ['Expires', point.expiresAt === null ? null : instant(point.expiresAt)],
  ];
}

function pointInTime(point: PointInTime): Html {
  return 'utcSeconds' in point
    ? html`${code(String(point.utcSeconds))} seconds since 1970, UTC`
    : html`oplog ${code(String(point.oplogSeconds))}, increment ${code(String(point.oplogIncrement))}`;
}
