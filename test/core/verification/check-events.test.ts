import { describe, expect, it } from 'vitest';
import type { AtlasEvent } from '../../../core/atlas/resources/events.ts';
import type { RestoreJob } from '../../../core/jobs/job.ts';
import { checkEvents } from '../../../core/verification/check-events.ts';
import type { Verification } from '../../../core/verification/verification.ts';

const NOW = '2026-08-10T04:00:00.000Z';
const TARGET = { project: '5e2f1c0a9d3b7a4c8e6f0a02', cluster: 'orders-drill' };
const SOURCE = { project: '5e2f1c0a9d3b7a4c8e6f0a01', cluster: 'orders' };

const GOOD = { id: 'one', eventTypeName: 'CPS_RESTORE_SUCCESSFUL', created: '2026-08-10T03:59:10Z' };
const BAD = { ...GOOD, id: 'two', eventTypeName: 'CPS_RESTORE_FAILED' };

/** What the check makes of the events of the target's project, and of the source's. */
async function outcomeFor(events: readonly AtlasEvent[], ofSource: readonly AtlasEvent[] = []) {
  const job = { runbook: { source: SOURCE }, atlas: { restoreFinishedAt: '2026-08-10T03:59:00Z' } };
  const atlas = {
    events: {
      async *listGroupEvents({ groupId }: { readonly groupId: string }) {
        yield* await Promise.resolve(groupId === TARGET.project ? events : ofSource);
      },
    },
  };
  const verification = { job: job as RestoreJob, atlas, now: NOW } as unknown as Verification<RestoreJob>;
  return (await checkEvents(verification, TARGET)).result.outcome;
}

describe('the event that confirms a restore', () => {
  it('is one that says, near the end of the restore, that it succeeded', async () => {
    expect(await outcomeFor([GOOD])).toBe('pass');
    expect(await outcomeFor([], [GOOD])).toBe('pass');
    expect(await outcomeFor([{ ...GOOD, created: '2026-08-10T03:00:00Z' }])).toBe('unknown');
    expect(await outcomeFor([])).toBe('unknown');
  });

  it('does not confirm it beside one that says that it failed', async () => {
    expect(await outcomeFor([GOOD, BAD])).toBe('fail');
    expect(await outcomeFor([GOOD, BAD, { ...BAD, created: undefined }])).toBe('fail');
  });

  it('is none of which Atlas says neither kind nor time, and such a one may tell of a failure', async () => {
    for (const doubtful of [
      { ...GOOD, eventTypeName: 'NEW_WORD' },
      { ...GOOD, eventTypeName: undefined },
      { ...BAD, created: undefined },
    ]) {
      expect(await outcomeFor([doubtful])).toBe('unknown');
      expect(await outcomeFor([GOOD, doubtful])).toBe('unknown');
    }
    // The project of the source is asked for restores that succeeded alone.
    expect(await outcomeFor([GOOD], [{ ...GOOD, created: undefined }])).toBe('pass');
  });
});
