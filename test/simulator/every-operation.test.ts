import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_WORLD } from '../../simulator/default-world.ts';
import { PRACTICE_IDS as IDS } from '../../simulator/practice-ids.ts';
import type { Role } from '../../simulator/world.ts';
import { http, type Practice, startPractice } from './practice-client.ts';
import { RECOVERY_CALLS, type RecoveryCall } from './recovery-calls.ts';

let practice: Practice;
afterEach(() => practice.simulator.close());

/** The default world, with a credential of one role in the organization and one in the project for drills. */
function worldOf(role: Role): unknown {
  const place = role.startsWith('ORG_') ? IDS.orgId : IDS.drillsId;
  const keys = { clientId: 'id', clientSecret: 'secret', publicKey: 'public', privateKey: 'private' };
  return { ...DEFAULT_WORLD, credentials: [{ ...keys, roles: { [place]: [role] } }] };
}

async function send(call: RecoveryCall): Promise<{ status: number; errorCode: string | undefined }> {
  const { operation, method, path, body } = call;
  const { status, body: answer } = await practice.call(operation, method, path, { body });
  return { status, errorCode: answer.errorCode };
}

describe('every operation', () => {
  it('is granted to an owner, and counted where it changes something', async () => {
    practice = await startPractice();
    for (const call of RECOVERY_CALLS) {
      expect(await send(call), call.operation).toEqual({ status: call.status, errorCode: undefined });
    }
    const changes = practice.simulator.changes();
    expect(changes.map(({ operation }) => operation)).toEqual(
      RECOVERY_CALLS.filter((call) => call.method !== 'GET').map((call) => call.operation),
    );
    const told = await http('GET', `${practice.simulator.baseUrl}/simulator/changes`);
    expect(told.body).toEqual(changes);
  });

  it('is refused without a sign-in (401), and nothing changes', async () => {
    practice = await startPractice();
    for (const { method, path, operation } of RECOVERY_CALLS) {
      const target = path.startsWith('/') ? path : `/groups/${path}`;
      const answer = await http(method, `${practice.simulator.baseUrl}/api/atlas/v2${target}`);
      expect(answer.status, operation).toBe(401);
    }
    expect(practice.simulator.changes()).toEqual([]);
  });

  it('knows no other method (405)', async () => {
    practice = await startPractice();
    for (const { path, operation } of RECOVERY_CALLS) {
      const target = path.startsWith('/') ? path : `/groups/${path}`;
      const answer = await http('OPTIONS', `${practice.simulator.baseUrl}/api/atlas/v2${target}`);
      expect(answer.body.errorCode, operation).toBe('METHOD_NOT_ALLOWED');
    }
  });

  it('answers with any error that a faults file asks for, and leaves the effect out', async () => {
    for (const status of [429, 500]) {
      practice = await startPractice({
        faults: RECOVERY_CALLS.map(({ operation }) => ({ operation, status })),
      });
      for (const call of RECOVERY_CALLS) expect((await send(call)).status, call.operation).toBe(status);
      expect(practice.simulator.changes()).toEqual([]);
      await practice.simulator.close();
    }
  });
});

describe('the role it needs', () => {
  it.each(RECOVERY_CALLS.map((call) => [call.operation, call.role, call] as const))(
    '%s is granted to %s',
    async (_operation, role, call) => {
      practice = await startPractice({ world: worldOf(role) });
      const { status, errorCode } = await send(call);
      // There is nothing to unpin, or to show, where nobody has pinned or created it before.
      expect([call.status, 400], errorCode).toContain(status);
      expect(errorCode === undefined || errorCode === 'FCV_NOT_PINNED').toBe(true);
    },
  );

  it.each(
    RECOVERY_CALLS.flatMap((call) =>
      call.tooLittle ? [[call.operation, call.tooLittle, call] as const] : [],
    ),
  )('%s is refused to %s (403)', async (_operation, role, call) => {
    practice = await startPractice({ world: worldOf(role) });
    expect(await send(call)).toEqual({ status: 403, errorCode: 'USER_UNAUTHORIZED' });
    expect(practice.simulator.changes()).toEqual([]);
  });
});
