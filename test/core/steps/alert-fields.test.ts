import { describe, expect, it } from 'vitest';
import { alertFields } from '../../../core/steps/alert-fields.ts';
import { answerOf, stepContext, twoProjects, withAtlas } from './checking.ts';

describe('alert-fields', () => {
  it('passes where Atlas knows every field', async () => {
    await withAtlas({ world: twoProjects() }, async (rehearsal) => {
      const settings = { fields: ['CLUSTER_NAME', 'REPLICA_SET_NAME'] };
      const answer = await answerOf(alertFields, settings, stepContext(rehearsal));
      expect(answer).toMatchObject({ outcome: 'done', evidence: { asked: 2, missing: 'none' } });
    });
  });

  it('names the fields that Atlas does not know', async () => {
    await withAtlas({ world: twoProjects() }, async (rehearsal) => {
      const settings = { fields: ['CLUSTER_NAME', 'CLUSTERNAME', 'RACK'] };
      const answer = await answerOf(alertFields, settings, stepContext(rehearsal));
      expect(answer).toMatchObject({ outcome: 'failed', evidence: { missing: 'CLUSTERNAME, RACK' } });
      expect(answer.message).toContain('CLUSTERNAME, RACK');
    });
  });
});
