import mongodbAtlasApiClient from 'mongodb-atlas-api-client';
import { Agent, request } from 'undici';
import { compile } from 'zod';
import { createAtlasClient } from '../../core/atlas/create-client.ts';
import type { Credentials } from '../../core/atlas/credentials.ts';
import { seededRandom } from '../../core/random.ts';
import { wallClock } from '../../local/scaled-clock.ts';
import { ASKED } from './replies.ts';

/** Its types speak of a default export; what a module imports is the function itself. */
const connect = mongodbAtlasApiClient as unknown as typeof mongodbAtlasApiClient.default;

/** The calls that are compared. */
export type Call = 'cluster' | 'snapshots' | 'restoreJob';

/** A way to call Atlas. */
export interface Contender {
  readonly call: Readonly<Record<Call, () => Promise<unknown>>>;
  close(): Promise<void>;
}

const KEYS = { publicKey: 'bench-public', privateKey: 'bench-private' } as const;
const { groupId, clusterName, restoreJobId } = ASKED;

/** Every way, by its name; each signs in as it does for its users. */
export const CONTENDERS: Readonly<Record<string, (baseUrl: string) => Contender>> = {
  'lifeboat, service account': (baseUrl) =>
    lifeboat(baseUrl, { kind: 'serviceAccount', clientId: 'bench-id', clientSecret: 'bench-secret' }),
  'lifeboat, API key': (baseUrl) => lifeboat(baseUrl, { kind: 'apiKey', ...KEYS }),
  'mongodb-atlas-api-client, API key': peer,
  'undici alone, a token at hand': bare,
};

function lifeboat(baseUrl: string, credentials: Credentials): Contender {
  // As local/connect-atlas.ts makes it.
  const client = createAtlasClient({
    baseUrl,
    credentials,
    clock: wallClock(),
    random: seededRandom(1),
    compile,
  });
  return {
    call: {
      cluster: () => client.clusters.getCluster({ groupId, clusterName }),
      snapshots: async () => {
        const found = [];
        for await (const one of client.snapshots.listBackupSnapshots({ groupId, clusterName }))
          found.push(one);
        return found;
      },
      restoreJob: () => client.restoreJobs.getBackupRestoreJob({ groupId, clusterName, restoreJobId }),
    },
    close: () => client.close(),
  };
}

function peer(baseUrl: string): Contender {
  const { cluster, cloudBackup } = connect({
    ...KEYS,
    baseUrl: `${baseUrl}/api/atlas/v1.0`,
    projectId: groupId,
  });
  return {
    call: {
      cluster: () => cluster.get(clusterName),
      snapshots: () => cloudBackup.getAllReplicaSetCloudBackups(clusterName),
      restoreJob: () => cloudBackup.getSnapshotRestoreJob(clusterName, restoreJobId),
    },
    close: () => Promise.resolve(),
  };
}

/** No sign-in, no checks, no second try: what the way there and back takes at least. */
function bare(baseUrl: string): Contender {
  const dispatcher = new Agent();
  const get = async (path: string) => {
    const headers = { authorization: 'Bearer token' };
    const { body } = await request(`${baseUrl}/api/atlas/v2/groups/${groupId}${path}`, {
      dispatcher,
      headers,
    });
    return body.json();
  };
  const backup = `/clusters/${clusterName}/backup`;
  return {
    call: {
      cluster: () => get(`/clusters/${clusterName}`),
      snapshots: () => get(`${backup}/snapshots`),
      restoreJob: () => get(`${backup}/restoreJobs/${restoreJobId}`),
    },
    close: () => dispatcher.close(),
  };
}
