import { describe, expect, it } from 'vitest';
import type { AtlasClient } from '../../../core/atlas/client.ts';
import { roleNeeded } from '../../../core/atlas/advice.ts';
import { RESOURCES } from '../../../core/atlas/resources.ts';
import { operations, someParams } from './all-operations.ts';
import { type Answer, clientOf, GROUP, json, rejection, SNAPSHOT, startServer } from './server.ts';

type Method = (params: unknown) => Promise<unknown> | AsyncIterable<unknown>;

/** Calls the method of an operation as it is named on the client; of a list, for its first item. */
async function callMethod(client: AtlasClient, name: string, params: unknown): Promise<unknown> {
  const resource = Object.entries(RESOURCES).find(([, one]) => name in one)![0];
  const methods = client[resource as keyof typeof RESOURCES] as unknown as Record<string, Method>;
  const called = methods[name]!(params);
  if (!(Symbol.asyncIterator in called)) return called;
  return (await called[Symbol.asyncIterator]().next()).value as unknown;
}

const refuse =
  (status: number): Answer =>
  (_, response) => {
    json(response, status, { error: status, errorCode: 'USER_UNAUTHORIZED', reason: 'no', parameters: null });
  };

const withRoles = operations.filter(([, { roles }]) => roles.length > 0);

describe('a refusal', () => {
  it.each(withRoles)('of %s names the role that is missing', async (name, operation) => {
    const forbidding = await startServer(refuse(403));
    const forbidden = await rejection(callMethod(clientOf(forbidding.baseUrl), name, someParams(operation)));
    expect(forbidden.name).toBe('AtlasError');
    expect(forbidden).toHaveProperty('next', expect.stringContaining(roleNeeded(operation.roles)));
    expect(forbidding.calls).toHaveLength(1);

    const denying = await startServer(refuse(401));
    const denied = await rejection(callMethod(clientOf(denying.baseUrl), name, someParams(operation)));
    expect(denied.name).toBe('AtlasCredentialsError');
    expect(denied).toHaveProperty('next', expect.stringContaining(roleNeeded(operation.roles)));
  });

  it('says where the role must be held', () => {
    expect(roleNeeded(['Organization Owner'])).toBe('the role Organization Owner in this organization');
    expect(roleNeeded(['Project Owner', 'Project Read Only'])).toBe(
      'the role Project Owner or Project Read Only in this project',
    );
  });

  it('names none where any will do', async () => {
    const server = await startServer(refuse(403));
    const error = await rejection(clientOf(server.baseUrl).alerts.listMatcherFieldNames({}));
    expect(error).toHaveProperty('next', 'Check what the credentials are allowed to do here.');
  });
});

describe('an answer without anything', () => {
  const silent = operations.filter(
    ([, one]) => one.shape === 'one' && one.reply.safeParse(undefined).success,
  );

  it('is what changes give, mostly', () => {
    expect(silent.map(([name]) => name)).toEqual(
      expect.arrayContaining(['cutoverMigration', 'deleteLdapUserMapping', 'revokeIdentityProviderJwks']),
    );
  });

  it.each(silent)('to %s is passed on as it is', async (name, operation) => {
    const nothing = await startServer((_, response) => {
      response.writeHead(204).end();
    });
    expect(await callMethod(clientOf(nothing.baseUrl), name, someParams(operation))).toBeUndefined();
    const empty = await startServer((_, response) => {
      json(response, 202, {});
    });
    expect(await callMethod(clientOf(empty.baseUrl), name, someParams(operation))).toEqual({});
  });
});

describe('a reply of several kinds', () => {
  const answer = async (body: unknown) => {
    const server = await startServer((_, response) => {
      json(response, 200, body);
    });
    return clientOf(server.baseUrl);
  };
  const service = { groupId: GROUP, cloudProvider: 'AWS', endpointServiceId: SNAPSHOT } as const;

  it('is told apart by its discriminator', async () => {
    const { privateEndpoints } = await answer({
      cloudProvider: 'AWS',
      status: 'AVAILABLE',
      interfaceEndpoints: ['a'],
    });
    const read = await privateEndpoints.getPrivateEndpointService(service);
    expect(read.cloudProvider === 'AWS' ? read.interfaceEndpoints : undefined).toEqual(['a']);
  });

  it.each(['ORACLE', 'constructor', null])('may be of a kind that is new: %s', async (cloudProvider) => {
    const { privateEndpoints } = await answer({ cloudProvider, status: 'AVAILABLE', ponds: 7 });
    const read = await privateEndpoints.getPrivateEndpointService(service);
    expect(read).toMatchObject({ status: 'AVAILABLE', ponds: 7 });
    expect(read.cloudProvider).toBe(cloudProvider ?? undefined);
  });

  it('names the field that makes no sense', async () => {
    const { privateEndpoints } = await answer({ cloudProvider: 'AWS', interfaceEndpoints: 'none' });
    const error = await rejection(privateEndpoints.getPrivateEndpointService(service));
    expect(error.name).toBe('AtlasReplyError');
    expect(error.message).toContain('interfaceEndpoints');
  });
});

describe('secrets of a body', () => {
  it.each([400, 403, 409, 500])('are in no error when Atlas repeats them with %s', async (status) => {
    const server = await startServer(({ body }, response) => {
      json(response, status, { errorCode: 'NO', detail: `You sent ${body}`, parameters: [body] });
    });
    const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCY"quoted';
    const error = await rejection(
      clientOf(server.baseUrl).encryption.updateEncryptionAtRest({
        groupId: GROUP,
        body: {
          awsKms: { enabled: true, secretAccessKey: secret },
          googleCloudKms: { serviceAccountKey: secret },
        },
      }),
    );
    const said = `${error.message} ${JSON.stringify(error)} ${String(error.cause)} ${JSON.stringify(error.cause)}`;
    expect(server.calls[0]!.body).toContain('wJalrXUtnFEMI');
    expect(said).toContain('You sent');
    expect(said).not.toContain('wJalrXUtnFEMI');
  });
});
