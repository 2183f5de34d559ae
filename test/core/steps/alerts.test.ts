import { describe, expect, it } from 'vitest';
import { alertOperations } from '../../../core/atlas/resources/alerts.ts';
import { alerts, type AlertsWith } from '../../../core/steps/alerts.ts';
import { answerOf, RESTORED, stepContext, twoProjects, withAtlas } from './checking.ts';

const settings = (parts: Partial<AlertsWith> = {}): AlertsWith =>
  alerts.with.parse({ types: ['NO_PRIMARY'], ...parts });

describe('alerts', () => {
  it('passes where no alert of the named types is open', async () => {
    const other = [
      { cluster: 'orders', eventType: 'NO_PRIMARY', status: 'CLOSED' as const },
      { cluster: 'orders', eventType: 'NO_PRIMARY', status: 'TRACKING' as const },
      { cluster: 'orders', eventType: 'OUTSIDE_METRIC_THRESHOLD' },
      { cluster: 'carts', eventType: 'NO_PRIMARY' },
    ];
    await withAtlas({ world: twoProjects({ alerts: other }) }, async (rehearsal) => {
      const answer = await answerOf(alerts, settings(), stepContext(rehearsal));
      expect(answer).toMatchObject({ outcome: 'done', evidence: { open: 0, alerts: 'none', since: null } });
    });
  });

  it('fails with the names of what is open, on either cluster or the one that is named', async () => {
    const world = twoProjects({ alerts: [{ cluster: 'orders' }] }, { alerts: [{ cluster: 'orders-drill' }] });
    await withAtlas({ world }, async (rehearsal) => {
      const context = stepContext(rehearsal);
      const both = await answerOf(alerts, settings(), context);
      expect(both).toMatchObject({ outcome: 'failed', evidence: { open: 2 } });
      expect(both.message).toContain('NO_PRIMARY on orders, NO_PRIMARY on orders-drill');
      const target = await answerOf(alerts, settings({ on: ['target'] }), context);
      expect(target.evidence).toMatchObject({ open: 1, alerts: 'NO_PRIMARY on orders-drill' });
    });
  });

  it.each([undefined, 7])('does not know whether an alert of type %s is one of the named', async (type) => {
    const untold = alertOperations.listAlerts.item.parse({
      id: 1,
      eventTypeName: type,
      clusterName: 'orders',
    });
    await withAtlas({ world: twoProjects() }, async (rehearsal) => {
      const context = stepContext(rehearsal);
      const listAlerts = () => ReadableStream.from([untold]);
      const atlas = { ...context.atlas, alerts: { ...context.atlas.alerts, listAlerts } };
      const answer = await answerOf(alerts, settings({ on: ['source'] }), { ...context, atlas });
      expect(answer).toMatchObject({
        outcome: 'unknown',
        evidence: { unmapped: 'an alert of no type on orders' },
      });
    });
  });

  it('counts an alert of the whole project, which names no cluster', async () => {
    const world = twoProjects({}, { alerts: [{ eventType: 'AWS_ENCRYPTION_KEY_INVALID' }] });
    await withAtlas({ world }, async (rehearsal) => {
      const wanted = settings({ types: ['AWS_ENCRYPTION_KEY_INVALID'] });
      expect(await answerOf(alerts, wanted, stepContext(rehearsal))).toMatchObject({ outcome: 'failed' });
    });
  });

  it('looks after the restore only at what opened since the job began', async () => {
    const world = twoProjects(
      {},
      {
        alerts: [
          { cluster: 'orders-drill', ageHours: 5 },
          { cluster: 'orders-drill', ageHours: 1 },
        ],
      },
    );
    await withAtlas({ world }, async (rehearsal) => {
      const begun = (startedAt: string) => stepContext(rehearsal, { ...RESTORED, startedAt });
      const early = await answerOf(alerts, settings(), begun('2026-08-10T01:00:00.000Z'));
      expect(early).toMatchObject({ outcome: 'failed', evidence: { open: 1 } });
      const late = await answerOf(alerts, settings(), begun('2026-08-10T02:30:00.000Z'));
      expect(late).toMatchObject({ outcome: 'done', evidence: { since: '2026-08-10T02:30:00.000Z' } });
    });
  });

  it('has nothing to look at on the target of a download', async () => {
    await withAtlas({ world: twoProjects() }, async (rehearsal) => {
      const { target, ...download } = stepContext(rehearsal);
      expect(target).toBeDefined();
      const answer = await answerOf(alerts, settings({ on: ['target'] }), download);
      expect(answer.outcome).toBe('failed');
      expect(answer.message).toContain('names no target');
      expect(await answerOf(alerts, settings(), download)).toMatchObject({ outcome: 'done' });
    });
  });
});
