import { expect, it } from 'vitest';
import { claimName, isClaim, leaseName } from '../../../core/jobs/lease-name.ts';
import { sampleJob } from './sample-job.ts';

const TARGET = '0123456789abcdef01234567/rehearsal';

it('is the target itself in a real Atlas, wherever that is', () => {
  expect(leaseName(sampleJob({ atlasUrl: 'https://cloud.mongodb.com' }))).toBe(TARGET);
  expect(leaseName(sampleJob())).toBe(TARGET);
});

it('is shared by the jobs of one simulator, and by nobody else', () => {
  const simulation = { seed: null, speed: 60 };
  const job = sampleJob({ simulation, atlasUrl: 'http://127.0.0.1:4010' });
  expect(leaseName(job)).toBe(`simulated/http://127.0.0.1:4010/${TARGET}`);
});

it('is a job’s own when its simulated Atlas is', () => {
  const job = sampleJob({ simulation: { seed: 7, speed: 60 } });
  expect(leaseName(job)).toBe(`simulated/${job.jobId}/${TARGET}`);
});

it('of a claim is told from that of a target, in a simulated Atlas too', () => {
  const real = sampleJob();
  const simulated = sampleJob({ simulation: { seed: 7, speed: 60 }, atlasUrl: 'http://127.0.0.1:4010' });
  for (const job of [real, simulated]) {
    expect(isClaim(claimName(job, '0123456789abcdef01234567'))).toBe(true);
    expect(isClaim(leaseName(job) ?? '')).toBe(false);
  }
  expect(claimName(real, 'a')).not.toBe(claimName(simulated, 'a'));
});
