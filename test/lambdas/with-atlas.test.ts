import { expect, it } from 'vitest';
import { OtherAtlasError } from '../../core/jobs/errors.ts';
import { refuseOtherAtlas } from '../../lambdas/runtime/with-atlas.ts';

const HERE = 'https://cloud.mongodb.com';

it('a job goes on in the Atlas it began in, and in no other', () => {
  const jobId = '01M803MRKRF7KPT9GWF2NGTVYH';
  expect(() => {
    refuseOtherAtlas({ jobId, atlasUrl: HERE }, HERE);
    refuseOtherAtlas({ jobId }, HERE);
  }).not.toThrow();
  expect(() => {
    refuseOtherAtlas({ jobId, atlasUrl: 'http://127.0.0.1:4000' }, HERE);
  }).toThrow(OtherAtlasError);
});
