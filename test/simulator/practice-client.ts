import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { expect } from 'vitest';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/simulator.ts';
import { type ManualClock, manualClock } from '../support/manual-clock.ts';
import { PRACTICE_IDS } from '../../simulator/practice-ids.ts';
import { openapiPresent, validateReply } from '../support/openapi.ts';
import { undocumentedReply } from './undocumented-replies.ts';

export const PRODUCTION = PRACTICE_IDS.productionId;
export const DRILLS = PRACTICE_IDS.drillsId;
export const ARCHIVE = PRACTICE_IDS.archiveId;

/** Versions of the resources that are not from the first day. */
const VERSIONS: Readonly<Record<string, string>> = {
  addGroupUsers: '2025-02-19',
  deleteClusterSearchDeployment: '2024-05-30',
  getClusterSearchDeployment: '2025-03-12',
  grantMongoEmployeeAccess: '2024-08-05',
  listClusters: '2024-08-05',
  listTeamUsers: '2025-02-19',
  pinFeatureCompatibilityVersion: '2024-05-30',
  revokeIdentityProviderJwks: '2023-11-15',
  unpinFeatureCompatibilityVersion: '2024-05-30',
  updateOrgServiceAccount: '2024-08-05',
};

/** A body of JSON, loosely, since that is what tests look into. */
export interface Body {
  readonly [name: string]: unknown;
  readonly id?: string;
  readonly results?: readonly Body[];
  readonly totalCount?: number;
  readonly errorCode?: string;
  readonly links?: readonly { readonly href: string; readonly rel: string }[];
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly body: Body;
}

/** A plain HTTP request, on a connection of its own. */
export function http(
  method: string,
  url: string,
  headers: Record<string, string> = {},
  body?: string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const json = (response.headers['content-type'] ?? '').includes('json') && text !== '';
        const parsed = (json ? JSON.parse(text) : {}) as Body;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body: parsed });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** A simulator with a clock that stands still, and a client that is signed in to it. */
export interface Practice {
  readonly clock: ManualClock;
  readonly simulator: Simulator;
  /**
   * A request below `/api/atlas/v2/groups`, or below `/api/atlas/v2` for a path that begins with a slash; the reply is
   * checked against the OpenAPI document, or what is known of an operation that is not in it.
   */
  call(operation: string, method: string, path: string, options?: CallOptions): Promise<Answer>;
}

interface CallOptions {
  readonly body?: unknown;
  readonly version?: string;
  readonly accept?: string;
  /** Leaves the reply unchecked: where Atlas is known to answer what its document does not allow. */
  readonly unchecked?: boolean;
}

export async function startPractice(options: Partial<SimulatorOptions> = {}): Promise<Practice> {
  const clock = manualClock('2026-08-10T03:30:00.000Z');
  const simulator = await startSimulator({ clock, seed: 7, speed: 1, ...options });
  return { clock, simulator, call: caller(simulator) };
}

/** Signs in with a service account, anew with each hour of the clock. */
function caller(simulator: Simulator): Practice['call'] {
  let token: string | undefined;
  return async function call(operation, method, path, options = {}): Promise<Answer> {
    token ??= await accessToken(simulator);
    const version =
      options.version ??
      VERSIONS[operation] ??
      (path.includes('/flexClusters') ? '2024-11-13' : '2023-01-01');
    const headers = {
      authorization: `Bearer ${token}`,
      accept: options.accept ?? `application/vnd.atlas.${version}+json`,
      'content-type': 'application/json',
    };
    const body = options.body === undefined ? undefined : JSON.stringify(options.body);
    const target = path.startsWith('/') ? path : `/groups/${path}`;
    const answer = await http(method, `${simulator.baseUrl}/api/atlas/v2${target}`, headers, body);
    if (answer.status === 401) {
      token = undefined;
      return call(operation, method, path, options);
    }
    if (!options.unchecked) checkReply(operation, answer, version);
    return answer;
  };
}

function checkReply(operation: string, answer: Answer, version: string): void {
  const body = answer.text === '' ? undefined : answer.body;
  const undocumented = answer.status < 400 ? undocumentedReply(operation, body) : undefined;
  const found =
    undocumented ?? (openapiPresent ? validateReply(operation, answer.status, body, version) : []);
  expect(found, `${operation} ${answer.status}`).toEqual([]);
}

export async function accessToken(simulator: Simulator): Promise<string> {
  const { clientId, clientSecret } = simulator.credentials;
  const answer = await tokenRequest(simulator, `${clientId}:${clientSecret}`);
  expect(answer.status).toBe(200);
  return answer.body.access_token as string;
}

export function tokenRequest(
  simulator: Simulator,
  credential: string,
  grant = 'client_credentials',
): Promise<Answer> {
  const headers = {
    authorization: `Basic ${Buffer.from(credential).toString('base64')}`,
    'content-type': 'application/x-www-form-urlencoded',
  };
  return http('POST', `${simulator.baseUrl}/api/oauth/token`, headers, `grant_type=${grant}`);
}

/** An `Authorization` header that answers a Digest challenge (RFC 7616). */
export function digestAnswer(
  challenge: string,
  method: string,
  target: string,
  user: string,
  key: string,
): string {
  const field = (name: string): string => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1] ?? '';
  const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
  const [realm, nonce] = [field('realm'), field('nonce')];
  const keyed = [
    md5(`${user}:${realm}:${key}`),
    nonce,
    '00000001',
    'c0ffee',
    'auth',
    md5(`${method}:${target}`),
  ];
  const fields = {
    username: user,
    realm,
    nonce,
    uri: target,
    cnonce: 'c0ffee',
    response: md5(keyed.join(':')),
  };
  const quoted = Object.entries(fields).map(([name, value]) => `${name}="${value}"`);
  return `Digest ${[...quoted, 'qop=auth', 'nc=00000001', 'algorithm=MD5'].join(', ')}`;
}
