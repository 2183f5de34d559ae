import { describe, expect, it } from 'vitest';
import type { RestoreJob } from '../../core/jobs/job.ts';
import { OtherAtlasError } from '../../core/jobs/errors.ts';
import { refuseOtherAtlas } from '../../local/same-atlas.ts';
import { NOW, sampleJob } from '../core/jobs/sample-job.ts';

const ATLAS = 'https://cloud.mongodb.com';
const SIMULATOR = 'http://127.0.0.1:4010';

const ASKED: readonly Partial<RestoreJob>[] = [
  { restoreIntent: { at: NOW, attempt: 1, delivery: 'automated', alreadyThere: [] } },
  { snapshotIntent: { at: NOW, description: 'lifeboat' } },
];

function goOn(from: string, to: string, changes: Partial<RestoreJob> = {}): () => void {
  return () => {
    refuseOtherAtlas(sampleJob({ atlasUrl: from, ...changes }), to);
  };
}

describe('a job goes on', () => {
  it('in the Atlas it began in, whatever the path and the spelling of its address', () => {
    expect(goOn(ATLAS, 'https://CLOUD.mongodb.com:443/api', ASKED[0])).not.toThrow();
  });

  it('at a simulator under another port, while it has asked nothing of it', () => {
    expect(goOn(SIMULATOR, 'http://localhost:5000')).not.toThrow();
  });
});

describe('a job does not go on', () => {
  it.each(ASKED)('at a simulator under another port once it has asked something of it: %o', (changes) => {
    expect(goOn(SIMULATOR, 'http://127.0.0.1:5000', changes)).toThrow(OtherAtlasError);
  });

  it.each([
    [ATLAS, 'https://cloud.mongodbgov.com'],
    [ATLAS, SIMULATOR],
    [SIMULATOR, ATLAS],
  ])('begun at %s, at %s', (from, to) => {
    expect(goOn(from, to)).toThrow(`began in the Atlas at ${from}, and this is the one at ${to}`);
  });
});
