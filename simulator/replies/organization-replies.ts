import type { ApiRequest } from '../http-types.ts';
import { objectId } from '../identifiers.ts';
import type { AccessEntryState, ServiceAccountState } from '../organization-state.ts';
import { link } from '../pages.ts';
import { instant } from './instant.ts';

/** How long the secret of a service account lives, in milliseconds. */
const SECRET_LIVES = 365 * 86_400_000;

/** An entry of an API key's access list: always a block, and an address too where it is a single one. */
export function accessEntryReply(request: ApiRequest, entry: AccessEntryState, block: string): unknown {
  const single = !entry.address.includes('/');
  return {
    cidrBlock: block,
    created: instant(entry.createdAt),
    ...(single && { ipAddress: entry.address }),
    ...(entry.requests > 0 && {
      count: entry.requests,
      lastUsed: instant(request.now),
      lastUsedAddress: entry.address.split('/')[0],
    }),
    links: [link(request, 'self', request.path)],
  };
}

/** A service account; its secret is masked, as it is after the first time. */
export function serviceAccountReply(account: ServiceAccountState): unknown {
  const { clientId, createdAt, name, description, roles } = account;
  return {
    clientId,
    createdAt: instant(createdAt),
    description,
    name,
    roles,
    secrets: [
      {
        createdAt: instant(createdAt),
        expiresAt: instant(createdAt + SECRET_LIVES),
        id: objectId(createdAt, `secret/${clientId}`),
        maskedSecretValue: 'mdb_sa_sk_...',
      },
    ],
  };
}
