import { describe, expect, it } from 'vitest';
import { drillOfCampaign, drillText } from '../../../../core/runbooks/drill-of-campaign.ts';
import { parseRunbook } from '../../../../core/runbooks/parse-runbook.ts';
import type { CampaignRunbook } from '../../../../core/runbooks/kinds/campaign.ts';
import { campaignText, FLEET, POOL } from '../../../support/campaigns.ts';
import { mistakesOf } from './writing.ts';

function campaign(parts: Record<string, string> = {}): CampaignRunbook {
  const runbook = parseRunbook(campaignText(parts), 'campaign.yaml');
  if (runbook.kind !== 'campaign') throw new TypeError(`It is a ${runbook.kind}.`);
  return runbook;
}

const PLACE = {
  source: { project: FLEET, cluster: 'baskets' },
  target: { project: POOL, cluster: 'drill-one' },
};

describe('a campaign', () => {
  it('gives its defaults, and those of its drills', () => {
    expect(campaign()).toMatchObject({
      timeouts: { guards: 14_400, job: 259_200 },
      guards: { unknown: 'stop', protectedClusters: [], fallbackSnapshots: false },
      drill: { delivery: 'automated', onCancel: 'follow', objectives: { rto: 7200 }, verify: [] },
      notify: [],
    });
  });

  it.each([
    [{ sources: '{ clusters: [] }' }, '4:12 sources.clusters: must not be empty'],
    [{ sources: '{}' }, '4:1 sources: needs exactly one of clusters, tagged'],
    [
      { sources: `{ tagged: { projects: [${FLEET}], tags: {} } }` },
      '4:60 sources.tagged.tags: is empty: at least one tag',
    ],
    [{ targets: '[]' }, '5:1 targets: must not be empty'],
    [
      { targets: `[{ project: ${FLEET}, cluster: fraud }]` },
      `5:11 targets[0]: is ${FLEET}/fraud, which is one of the sources`,
    ],
    [
      { targets: `[{ project: ${POOL}, cluster: a }, { project: ${POOL}, cluster: a }]` },
      `targets[1]: is ${POOL}/a once more`,
    ],
    [{ concurrency: '3' }, '7:14 concurrency: is more than there are targets: at most 2'],
    [{ drill: '{}' }, '6:1 drill.recoveryPoint: is missing'],
    [{ drill: '{ recoveryPoint: { newest: {} } }' }, 'drill.recoveryPoint.newest: is not a key here'],
    [
      { drill: '{ recoveryPoint: { latest: {} }, delivery: download }' },
      'drill.delivery: must be one of automated, pointInTime',
    ],
    [
      { drill: '{ recoveryPoint: { latest: {} }, delivery: pointInTime }' },
      'drill.recoveryPoint: must be a pointInTime when delivery is pointInTime',
    ],
    [
      { drill: `{ recoveryPoint: { latest: {} }, target: { project: ${POOL}, cluster: a } }` },
      'drill.target: is not a key here',
    ],
    [
      {
        drill:
          '{ recoveryPoint: { latest: {} }, cleanup: [{ name: nodes, use: delete-search-nodes, confirm: x }] }',
      },
      'drill.cleanup[0].use: destroys something, which the drills of a campaign never do',
    ],
    [
      { drill: '{ recoveryPoint: { latest: {} }, verify: [{ name: a, use: pin-fcv }] }' },
      'drill.verify[0].use: cannot be pin-fcv under verify',
    ],
    [{ approval: '{ count: 2 }' }, 'approval: is not a key here'],
  ])('says where it is wrong: %j', (parts, mistake) => {
    const found = mistakesOf(campaignText(parts));
    expect(found.join('\n')).toContain(mistake);
  });

  it('may have a schedule', () => {
    expect(campaign({ schedule: '{ expression: rate(7 days) }' }).schedule).toMatchObject({
      startWithin: 3600,
    });
  });
});

describe('a drill of a campaign', () => {
  it.each<Record<string, string>>([
    {},
    { guards: `{ protectedClusters: [${FLEET}/*], fallbackSnapshots: true }` },
    {
      drill:
        '{ recoveryPoint: { random: { within: 7d } }, objectives: { rto: 90m }, timeouts: { restore: 3h }, onCancel: leave, ' +
        'verify: [{ name: quiet, use: alerts, with: { types: [OUTSIDE_METRIC_THRESHOLD] } }] }',
      notify: '[{ webhook: { url: "https://ops.example.com/hook" } }]',
    },
  ])('is the runbook that its text says: %j', (parts) => {
    const read = parseRunbook(drillText(campaignText(parts), PLACE), 'drill.yaml');
    expect(read).toEqual(drillOfCampaign(campaign(parts), PLACE));
    expect(read).toMatchObject({ kind: 'drill', name: 'fleet-drill', ...PLACE, notify: [] });
  });
});
