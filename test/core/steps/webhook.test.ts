import { describe, expect, it } from 'vitest';
import { webhook } from '../../../core/steps/webhook.ts';
import type { StepContext } from '../../../core/steps/protocol/step-context.ts';
import { outboundWith } from '../../../local/outbound.ts';
import { documentedCheck, startReceiver, type Posted } from '../../support/receiver.ts';
import { carryOut } from './changing.ts';
import { DRILLS, PRODUCTION, stepContext, twoProjects, withAtlas } from './checking.ts';

const world = twoProjects();
const SECRETS = { HOOK_KEY: 'hush-hush\n' };
const isFromLifeboat = await documentedCheck();

type Reactions = Parameters<typeof startReceiver>[0];

/** Carries a webhook out against a real receiver, and gives what it answered and what the receiver saw. */
async function posting(
  react: Reactions,
  changes: Partial<StepContext> = {},
  more: Record<string, unknown> = { signingSecret: 'HOOK_KEY', body: { writes: 'off' } },
) {
  const receiver = await startReceiver(react);
  const settings = webhook.with.parse({ url: `${receiver.baseUrl}/writes`, ...more });
  return withAtlas({ world }, async (rehearsal) => {
    const given = {
      ...stepContext(rehearsal),
      outbound: outboundWith(SECRETS),
      stage: 'stopWrites' as const,
      step: 'stop the service',
      ...changes,
    };
    const answer = await carryOut(webhook, settings, rehearsal, given);
    return { answer, posts: receiver.posts, job: given.job, slept: rehearsal.clock.sleeps };
  });
}

describe('webhook', () => {
  it('posts who asks for what, signed, and is done with any 2xx', async () => {
    const { answer, posts, job } = await posting(() => 202);
    expect(answer).toMatchObject({ outcome: 'done', evidence: { status: 202 } });
    expect(posts).toHaveLength(1);
    const [{ headers, body } = { headers: {} as Posted['headers'], body: '' }] = posts;
    expect(JSON.parse(body)).toEqual({
      version: 1,
      type: 'lifeboat.step',
      id: `${job.jobId}/stopWrites/stop the service`,
      at: '2026-08-10T03:00:00.000Z',
      stage: 'stopWrites',
      step: 'stop the service',
      job: { id: job.jobId, kind: job.kind, runbook: job.runbook, simulated: false },
      source: { project: PRODUCTION, cluster: 'orders' },
      target: { project: DRILLS, cluster: 'orders-drill' },
      migration: null,
      failure: null,
      cancel: null,
      body: { writes: 'off' },
    });
    const signature = headers['lifeboat-signature'] as string;
    const now = Date.parse('2026-08-10T03:00:00.000Z') / 1000;
    expect(isFromLifeboat(signature, body, 'hush-hush', now)).toBe(true);
    expect(isFromLifeboat(signature, body.replace('off', 'on'), 'hush-hush', now)).toBe(false);
  });

  it.each([500, 503, 408, 425, 429, 'reset'] as const)(
    'asks again after %s, with the same delivery',
    async (first) => {
      const { answer, posts, slept } = await posting((nth) => (nth < 5 ? first : 200));
      expect(answer.outcome).toBe('done');
      expect(new Set(posts.map(({ headers }) => headers['lifeboat-delivery'])).size).toBe(1);
      expect(posts).toHaveLength(6);
      expect(slept).toEqual([10, 10, 10, 10, 10]);
    },
  );

  it.each([400, 401, 404, 409, 410, 'redirect'] as const)('has failed after %s', async (reaction) => {
    const { answer, posts } = await posting(() => reaction);
    expect(answer.outcome).toBe('failed');
    expect(posts).toHaveLength(1);
  });

  it.each(['signingSecret', 'urlSecret'])(
    'names the %s that is not set, and posts nothing',
    async (which) => {
      const missing = { [which]: 'NOT_SET', ...(which === 'urlSecret' && { url: undefined }) };
      const { answer, posts } = await posting(undefined, {}, missing);
      expect(answer).toMatchObject({ outcome: 'failed' });
      expect(answer.message).toContain('NOT_SET');
      expect(posts).toEqual([]);
    },
  );

  it.each([
    'not an address',
    'ftp://ops.example.com',
    'http://ops.example.com',
    'https://u:p@ops.example.com',
  ])('does not post to a secret that is %s, and does not tell it', async (value) => {
    const changes = { outbound: outboundWith({ HOOK: value }) };
    const { answer } = await posting(undefined, changes, { url: undefined, urlSecret: 'HOOK' });
    expect(answer).toMatchObject({ outcome: 'failed' });
    expect(JSON.stringify(answer)).not.toContain(value);
  });

  it('keeps neither key, nor address out of a secret, nor what was answered', async () => {
    const receiver = await startReceiver();
    const url = `${receiver.baseUrl}/services/hush`;
    const changes = { outbound: outboundWith({ ...SECRETS, HOOK: url }) };
    const more = { url: undefined, urlSecret: 'HOOK', signingSecret: 'HOOK_KEY' };
    const { answer } = await posting(undefined, changes, more);
    expect(answer).toMatchObject({ outcome: 'done', evidence: { receiver: 'the address in HOOK' } });
    expect(receiver.posts).toHaveLength(1);
    expect(JSON.stringify(answer)).not.toMatch(/hush|nobody/);
  });

  it('says why it is called after a failure', async () => {
    const at = '2026-08-10T03:00:00.000Z';
    await withAtlas({ world }, async (rehearsal) => {
      const failure = { at, name: 'WriteStopLimitError', message: 'Writes were stopped for too long.' };
      const cancel = { at, by: 'anna', reason: 'wrong night' };
      const settings = webhook.with.parse({ url: 'https://ops.example.com/writes' });
      const given = stepContext(rehearsal, { failure, cancel });
      expect(await carryOut(webhook, settings, rehearsal, given)).toMatchObject({ outcome: 'done' });
      const [message] = rehearsal.simulator.inbox();
      expect(message?.meantFor).toBe('https://ops.example.com/writes');
      expect(JSON.parse(message?.body ?? '{}')).toMatchObject({
        failure: { name: failure.name, message: failure.message },
        cancel: { by: 'anna', reason: 'wrong night' },
      });
    });
  });
});
