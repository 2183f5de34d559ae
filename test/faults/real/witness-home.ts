import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isoTime, type Clock } from '../../../core/clock.ts';
import type { TimelineEvent } from '../../../core/jobs/timeline.ts';
import type { Report } from '../../../core/report/report.ts';
import { openHistory } from '../../../local/history.ts';
import { reportFactsPath } from '../../../local/report-files.ts';
import type { Witness } from '../../invariants/witness.ts';
import { witnessOf } from '../stage/witness-stage.ts';
import { ACKNOWLEDGED } from './orders.ts';
import type { RealAtlas } from './real-atlas.ts';

/** What a home of the embedded edition and its Atlas look like once every process has ended. */
export async function witnessOfHome(home: string, real: RealAtlas, time: Clock): Promise<Witness> {
  const history = await openHistory(home);
  try {
    const { jobs } = history;
    const acknowledged = eventsIn(join(home, ACKNOWLEDGED));
    const { requests, cutovers, looks, secrets, atlas } = real;
    const found = await witnessOf(
      { jobs, acknowledged, reports: new Map(), time, atlas, requests, cutovers, looks, secrets },
      { clocksWereWrong: false, wentOnLate: false },
    );
    return { ...found, at: isoTime(time.now()), reportOf: (jobId) => reportIn(home, jobId) };
  } finally {
    await history.close();
  }
}

function eventsIn(path: string): TimelineEvent[] {
  if (!existsSync(path)) return [];
  // The last line may be one that its process did not live to end.
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as TimelineEvent);
}

function reportIn(home: string, jobId: string): Report | undefined {
  const path = reportFactsPath(home, jobId);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Report) : undefined;
}
