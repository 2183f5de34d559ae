import type { Job } from '../../../core/jobs/job.ts';
import { CAMPAIGN_CASES } from './campaign-cases.ts';
import { CASES } from './cases.ts';
import { CUTOVER_CASES } from './cutover-cases.ts';
import type { Case } from './fixtures.ts';
import { PIPELINE_CASES } from './pipeline-cases.ts';

/** The cases of every kind under their names. */
export const ALL_CASES: Readonly<Record<string, () => Case<Job>>> = {
  ...CASES,
  ...CUTOVER_CASES,
  ...PIPELINE_CASES,
  ...CAMPAIGN_CASES,
};
