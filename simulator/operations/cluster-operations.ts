import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { checkChangeable } from '../clusters.ts';
import { pinVersion, unpinVersion } from '../feature-pin.ts';
import type { ApiRequest, HandlerReply } from '../http-types.ts';
import { bodyInstant, checkedBody } from '../request-body.ts';
import type { ClusterState } from '../world.ts';
import { clusterOf, LOOK, type Operation, projectOf } from './operation.ts';

const CHANGE = { ...LOOK, method: 'POST', changes: true } as const;

const pinRequest = z.object({ expirationDate: bodyInstant.optional() });

const grantRequest = z.object({
  grantType: z.enum([
    'CLUSTER_DATABASE_LOGS',
    'CLUSTER_INFRASTRUCTURE',
    'CLUSTER_INFRASTRUCTURE_AND_APP_SERVICES_SYNC_DATA',
  ]),
  expirationTime: bodyInstant,
});

/** Verbs of a dedicated cluster. */
export const CLUSTER_OPERATIONS: readonly Operation[] = [
  {
    ...CHANGE,
    id: 'pinFeatureCompatibilityVersion',
    path: '/clusters/{clusterName}:pinFeatureCompatibilityVersion',
    versions: ['2024-05-30'],
    permission: 'ownProject',
    handle: (request) => {
      const cluster = changeable(request);
      // The body is optional, and so is all that it can hold.
      pinVersion(cluster, checkedBody(pinRequest, request.body ?? {}).expirationDate, request.now);
      return { status: 204 };
    },
  },
  {
    ...CHANGE,
    id: 'unpinFeatureCompatibilityVersion',
    path: '/clusters/{clusterName}:unpinFeatureCompatibilityVersion',
    versions: ['2024-05-30'],
    permission: 'ownProject',
    handle: (request) => {
      const { organization } = projectOf(request);
      const cluster = changeable(request);
      if (request.world.organizations.some(({ id, unpaid }) => id === organization && unpaid)) {
        throw new ApiError('NO_PAYMENT_INFORMATION_FOUND', organization);
      }
      unpinVersion(cluster, request.now);
      return { status: 204 };
    },
  },
  {
    ...CHANGE,
    id: 'grantMongoEmployeeAccess',
    path: '/clusters/{clusterName}:grantMongoDBEmployeeAccess',
    versions: ['2024-08-05'],
    permission: 'grantSupportAccess',
    handle: grantAccess,
  },
];

function changeable(request: ApiRequest): ClusterState {
  const cluster = clusterOf(request, 'dedicated');
  checkChangeable(request.world, cluster, request.now);
  return cluster;
}

function grantAccess(request: ApiRequest): HandlerReply {
  const cluster = clusterOf(request, 'dedicated');
  if (cluster.paused) throw new ApiError('CANNOT_UPDATE_PAUSED_CLUSTER', cluster.name);
  const { grantType, expirationTime } = checkedBody(grantRequest, request.body);
  if (expirationTime <= request.now) throw new ApiError('INVALID_ATTRIBUTE', 'expirationTime');
  cluster.employeeAccess = { grantType, expiresAt: expirationTime };
  return { status: 204 };
}
