import { describe, expect, it } from 'vitest';
import { AtlasReplyError } from '../../../core/atlas/errors.ts';
import { alertFields } from '../../../core/steps/alert-fields.ts';
import { alerts } from '../../../core/steps/alerts.ts';
import { apiAccess } from '../../../core/steps/api-access.ts';
import { auditing } from '../../../core/steps/auditing.ts';
import { databaseUsers } from '../../../core/steps/database-users.ts';
import { disks } from '../../../core/steps/disks.ts';
import { events } from '../../../core/steps/events.ts';
import type { StepKind } from '../../../core/steps/protocol/step-kind.ts';
import { measurements } from '../../../core/steps/measurements.ts';
import { privateEndpointService } from '../../../core/steps/private-endpoint-service.ts';
import { team } from '../../../core/steps/team.ts';
import type { StepAnswer } from '../../../core/steps/protocol/step-answer.ts';
import type { StepContext } from '../../../core/steps/protocol/step-context.ts';
import { answerOf, ORGANIZATION, stepContext, twoProjects, withAtlas } from './checking.ts';

const ID = '5e2f1c0a9d3b7a4c8e6f0b01';
const databases = [{ name: 'shop', objects: 1000 }];

/** A world in which every check below passes. */
const world = twoProjects(
  { clusters: [{ name: 'orders', databases }], databaseUsers: [{ username: 'app' }] },
  {
    clusters: [{ name: 'orders-drill', databases }],
    databaseUsers: [{ username: 'app' }],
    endpointServices: [{ id: ID, endpoints: [{ id: 'vpce-0a1b2c3d4e5f60711' }] }],
  },
  {
    organizations: [
      {
        id: ORGANIZATION,
        users: [{ username: 'robin@example.org' }],
        teams: [{ id: ID, name: 'responders', users: ['robin@example.org'] }],
        apiKeys: [{ id: ID, accessList: [{ address: '203.0.113.10' }] }],
      },
    ],
  },
);

interface Check {
  readonly kind: StepKind;
  readonly written: Readonly<Record<string, unknown>>;
  readonly look: (context: StepContext) => Promise<StepAnswer>;
}

function check<With>(kind: StepKind<With>, written: Check['written'] = {}): Check {
  return { kind, written, look: (context) => answerOf(kind, kind.with.parse(written), context) };
}

const CHECKS: readonly Check[] = [
  check(alerts, { types: ['NO_PRIMARY'] }),
  check(alertFields, { fields: ['CLUSTER_NAME'] }),
  check(databaseUsers),
  check(auditing),
  check(disks),
  check(measurements, { tolerance: 1 }),
  check(events),
  check(privateEndpointService, { provider: 'AWS', service: ID }),
  check(apiAccess, { organization: ORGANIZATION, apiKey: ID, address: '203.0.113.10' }),
  check(team, { organization: ORGANIZATION, team: ID, atLeast: 1 }),
];

/** Each check with each of the operations that it uses. */
const CASES = CHECKS.flatMap((one) =>
  Object.keys(one.kind.operations).map((operation) => ({ ...one, operation })),
);

/** What a check answers half an hour after a restore, when Atlas has looked at the databases since. */
function answerWith(one: Check, faults: readonly unknown[]): Promise<StepAnswer> {
  return withAtlas({ world, faults }, async (rehearsal) => {
    rehearsal.clock.advance(1800);
    const context = stepContext(rehearsal, {
      recoveryPoint: { chosenBy: 'latest', time: '2026-08-10T02:30:00.000Z' },
      atlas: { restoreFinishedAt: '2026-08-10T03:00:00.000Z' },
    });
    return one.look(context);
  });
}

describe.each(CHECKS)('$kind.use', (one) => {
  it('passes where everything is well', async () => {
    const answer = await answerWith(one, []);
    expect(answer.message).toMatch(/^[A-Z0-9].*\.$/s);
    expect(answer.outcome).toBe('done');
  });

  it('is a check that changes nothing, and says what it does in a line', () => {
    const place = stepPlace();
    expect(one.kind).toMatchObject({ effect: 'check', destroys: false });
    expect(one.kind.summary(one.kind.with.parse(one.written), place)).toMatch(/^[A-Z].*[^.]$/);
  });
});

describe.each(CASES)('$kind.use when $operation', (one) => {
  it('is forbidden: unknown, with the missing role', async () => {
    const faults = [{ operation: one.operation, status: 403, errorCode: 'USER_UNAUTHORIZED' }];
    const answer = await answerWith(one, faults);
    expect(answer.outcome).toBe('unknown');
    expect(answer.message).toContain('403 USER_UNAUTHORIZED');
    // Field names of alerts can be read with any role.
    expect(answer.message).toMatch(/the role (Project|Organization) \w+|are allowed to do here/);
  });

  it('finds nothing there: never a pass', async () => {
    const answer = await answerWith(one, [{ operation: one.operation, status: 404 }]);
    const isAbout = ['getOrgAccessEntry', 'getPrivateEndpointService'].includes(one.operation);
    expect(answer.outcome).toBe(isAbout ? 'failed' : 'unknown');
  });

  it('is rate limited once: the same answer a little later', async () => {
    const faults = [
      { operation: one.operation, status: 429, errorCode: 'RATE_LIMITED', retryAfter: 1, count: 1 },
    ];
    expect(await answerWith(one, faults)).toMatchObject({ outcome: 'done' });
  });

  it('answers nonsense: an error that says so', async () => {
    const faults = [{ operation: one.operation, nonsense: true }];
    await expect(answerWith(one, faults)).rejects.toThrow(AtlasReplyError);
  });
});

function stepPlace() {
  const cluster = { project: 'a'.repeat(24), cluster: 'orders' };
  return { source: cluster, target: { ...cluster, cluster: 'orders-drill' } };
}
