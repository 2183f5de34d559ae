import { equal } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Job } from '../../core/jobs/job.ts';
import { post } from './api.ts';
import { RUNBOOKS, type Deployment } from './deployment.ts';
import { JOB_SEED } from './embedded.ts';
import { answered, startJob } from './jobs.ts';
import type { People } from './people.ts';
import { until } from './programs.ts';

/** A job to be played to its end. */
export interface Play {
  /** How people call it. */
  readonly what: string;
  /** The runbook, as it was written. */
  readonly text: string;
  /** Has the job begin, and gives its id. */
  readonly begin: (deployment: Deployment) => Promise<string>;
}

/** A job of a runbook that is sent along. */
export function byText(what: string, file: string, who: keyof People = 'everything'): Play {
  const text = textOf(file);
  const begin = async ({ api, people }: Deployment) => {
    const job = await startJob(api, people[who], { runbook: text, seed: JOB_SEED }, file);
    return job.jobId;
  };
  return { what, text, begin };
}

/** A job of a runbook that was deployed. The request is sent again, as whoever got no answer would. */
export function byName(what: string, file: string, name: string): Play {
  const begin = async ({ api, people }: Deployment) => {
    const body = { name, seed: JOB_SEED };
    const { jobId } = await startJob(api, people.operate, body, name);
    const again = (other: object) =>
      api.as(people.operate, post('/v1/jobs', other, { 'idempotency-key': name }));
    equal((answered(await again(body), 200) as Job).jobId, jobId);
    answered(await again({ ...body, seed: JOB_SEED + 1 }), 422);
    return jobId;
  };
  return { what, text: textOf(file), begin };
}

/** The first job of a runbook whose schedule is due every minute. */
export function bySchedule(what: string, file: string, name: string): Play {
  const begin = ({ jobs }: Deployment) =>
    until('a schedule has started a job', 150, async () => {
      const { jobs: listed } = await jobs.list({ by: 'kind', kind: 'drill' }, { limit: 100 });
      const found = listed.findLast(({ runbookName }) => runbookName === name);
      if (found === undefined) return undefined;
      equal((await jobs.get(found.jobId)).startedBy.type, 'schedule');
      return found.jobId;
    });
  return { what, text: textOf(file), begin };
}

function textOf(file: string): string {
  return readFileSync(join(RUNBOOKS, `${file}.yaml`), 'utf8');
}
