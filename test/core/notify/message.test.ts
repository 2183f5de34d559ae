import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import type { Job } from '../../../core/jobs/job.ts';
import { compose } from '../../../core/notify/compose.ts';
import { dueNotices } from '../../../core/notify/due.ts';
import { jobEvent, type JobEvent } from '../../../core/notify/message.ts';
import { slackBody } from '../../../core/notify/slack.ts';
import { NOTICES } from '../../../core/runbooks/kinds/notify.ts';
import { jobEventJsonSchema } from '../../../scripts/generate/job-event-schema.ts';
import { after, cutover, drill, request, START } from './some-jobs.ts';

const NOTIFY = '[{ webhook: { url: "https://ops.example.com/hook" } }]';
const failure = {
  at: START,
  name: 'RestoreFailedError',
  message: 'Atlas says so <!channel>.',
  next: 'Look & see.',
};

const committed = readFileSync(new URL(`../../../${jobEventJsonSchema.path}`, import.meta.url), 'utf8');
const ajv = new Ajv({ strict: true, allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(JSON.parse(committed) as object);

/** The message of the last notice that is due. */
function last(job: Job, seconds = 3000): JobEvent {
  const now = after(seconds);
  const notice = dueNotices(job, now).at(-1);
  if (notice === undefined) throw new Error('Nothing is due.');
  return compose(job, notice, now, '/home/reports/job.html');
}

const ended = { status: 'FAILED', verdict: 'failed', endedAt: after(3000), failure } as const;
const messages: readonly JobEvent[] = [
  last(drill(NOTIFY), 60),
  last(drill(NOTIFY)),
  last(drill(NOTIFY, { approvals: { job: request() } })),
  last(drill(NOTIFY, { ...ended, status: 'SUCCEEDED', verdict: 'passed' })),
  last(drill(NOTIFY, ended)),
  last(drill(NOTIFY, { ...ended, status: 'CANCELLED' })),
  last(cutover({ readyAt: START }), 100 * 3600),
];

describe('the messages', () => {
  it('are as the published schema says, one of each type', () => {
    for (const message of messages) {
      expect(validate(message), JSON.stringify(validate.errors)).toBe(true);
      expect(jobEvent.parse(message)).toEqual(message);
    }
    expect(new Set(messages.map(({ type }) => type))).toEqual(
      new Set(NOTICES.map((name) => `lifeboat.job.${name}`)),
    );
  });

  it('have a schema that the code generates, with every key described', () => {
    expect(committed).toBe(jobEventJsonSchema.content());
    expect(undescribed(JSON.parse(committed), '')).toEqual([]);
  });

  it('lead to the clusters where they are in Atlas itself, and nowhere else', () => {
    const atlasUrl = 'https://cloud.mongodb.com';
    const real = last(drill(NOTIFY, { atlasUrl }));
    expect(real.target?.url).toBe(
      `${atlasUrl}/v2/${real.target?.project ?? ''}#/clusters/detail/orders-drill`,
    );
    const others = [
      drill(NOTIFY),
      drill(NOTIFY, { atlasUrl: 'http://127.0.0.1:4010' }),
      drill(NOTIFY, { atlasUrl, simulation: { seed: 1, speed: 60 } }),
    ];
    for (const job of others) expect(last(job).target?.url).toBeNull();
  });

  it('say that a job is simulated', () => {
    const message = last(drill(NOTIFY, { simulation: { seed: 1, speed: 60 } }), 60);
    expect(message.job.simulated).toBe(true);
    expect(message.text).toContain('(SIMULATED)');
  });

  it('name the report only once the job has ended', () => {
    expect(last(drill(NOTIFY)).report).toBeNull();
    expect(last(drill(NOTIFY, ended)).report).toBe('/home/reports/job.html');
  });
});

describe('in Slack', () => {
  it('what others wrote calls nobody and makes no links', () => {
    const { text } = slackBody(last(drill(NOTIFY, ended)));
    expect(text).toContain('Atlas says so &lt;!channel&gt;.');
    expect(text).toContain('Next: Look &amp; see.');
    expect(text).not.toMatch(/<[!@#]/);
  });

  it('an approval comes with all that is needed to give it', () => {
    const { text } = slackBody(last(drill(NOTIFY, { approvals: { job: request() } })));
    expect(text).toContain('Erases: 5e2f1c0a9d3b7a4c8e6f0a02/orders-drill');
    expect(text).toContain('Its age: 1 h 50 min');
    expect(text).toContain('Asked: one other person of anna');
    expect(text).toMatch(/To approve: `lifeboat jobs approve \w{26} --reason TEXT --plan c0ffeec0ffee`/);
  });

  it('a message never grows over what Slack takes', () => {
    const long = { ...failure, message: 'no '.repeat(3000) };
    expect(slackBody(last(drill(NOTIFY, { ...ended, failure: long }))).text.length).toBeLessThanOrEqual(3900);
  });
});

/** Paths of the properties without a description, however deep. */
function undescribed(schema: unknown, path: string): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties = {}, anyOf = [] } = schema as {
    properties?: Record<string, unknown>;
    anyOf?: unknown[];
  };
  const here = Object.entries(properties).flatMap(([key, property]) => {
    const described = typeof property === 'object' && property !== null && 'description' in property;
    return [...(described ? [] : [`${path}${key}`]), ...undescribed(property, `${path}${key}.`)];
  });
  return [...here, ...anyOf.flatMap((branch) => undescribed(branch, path))];
}

it('names projects by name and id in the subject and in the text of a beginning', () => {
  const projects = { '5e2f1c0a9d3b7a4c8e6f0a01': 'production', '5e2f1c0a9d3b7a4c8e6f0a02': 'drills\u202e' };
  const event = last(drill(NOTIFY, { projects }), 60);
  expect(event.subject).toContain('5e2f1c0a9d3b7a4c8e6f0a01/orders (project production)');
  expect(event.subject).toContain('(project drills<U+202E>)');
  expect(event.text).toContain(event.subject);
});
