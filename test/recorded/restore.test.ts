import { describe, expect, it } from 'vitest';
import { openRehearsal } from '../support/rehearsal.ts';
import { manualClock } from '../support/manual-clock.ts';
import { readRecordings, RECORDINGS, restoresIn, type RecordedRestore } from './recording.ts';
import { startReplay } from './replay-server.ts';

const recordings = readRecordings();
if (recordings.length === 0)
  console.info(`No recordings of Atlas at ${RECORDINGS}: the replay tests are skipped.`);

function runbookFor({ project, cluster, reply }: RecordedRestore): string {
  const target = {
    project: reply.targetGroupId ?? reply.targetProjectId,
    cluster: reply.targetClusterName ?? reply.targetDeploymentItemName,
  };
  const download = reply.deliveryType === 'download';
  return JSON.stringify({
    version: 1,
    kind: 'restore',
    name: 'replayed',
    source: { project, cluster },
    ...(!download && { target }),
    recoveryPoint: { snapshot: reply.snapshotId },
    delivery: download ? 'download' : 'automated',
    // The recordings lack what nobody asked for then: restore jobs before the restore, events, alerts.
    guards: { unknown: 'continue' },
  });
}

describe.skipIf(recordings.length === 0)('restores recorded from the real Atlas', () => {
  const cases = recordings.flatMap((recording) =>
    restoresIn(recording).map((restore, index) => ({
      name: `${recording.file} #${index + 1} ${restore.reply.deliveryType}`,
      recording,
      restore,
    })),
  );

  it.each(cases)('$name is followed to its end', async ({ recording, restore }) => {
    // Just before the request was sent: what Atlas told of the clusters by then holds.
    const clock = manualClock(new Date(Date.parse(restore.started.at) - 1000).toISOString());
    const replay = await startReplay(recording.records, clock);
    const rehearsal = await openRehearsal({ clock, atlasUrl: replay.baseUrl });
    try {
      const { jobId } = await rehearsal.start(runbookFor(restore));
      const job = await rehearsal.run(jobId);
      expect(job.failure).toBeUndefined();
      expect(job).toMatchObject({ status: 'SUCCEEDED', atlas: { restoreJobId: restore.reply.id } });
      expect(job.verdict).not.toBe('failed');
      expect(job.rtoSeconds).toBeGreaterThan(0);
      expect(job.rtoSeconds).toBeLessThan(1200);
      const posts = replay.requests.filter(
        (request) => request.startsWith('POST') && request.endsWith('restoreJobs'),
      );
      expect(posts).toEqual([`POST ${restore.started.path}`]);
    } finally {
      await rehearsal.close();
      await replay.close();
    }
  });
});
