import { ApiError } from './api-error.ts';
import type { PinState } from './cluster-parts.ts';
import { majorVersion } from './replies/names.ts';
import type { ClusterState } from './world.ts';

/** A pin lasts four weeks at most, counted from when the version was first pinned; in milliseconds. */
const LONGEST_PIN = 28 * 86_400_000;

/** The pin of a cluster's feature compatibility version, unless there is none or it has expired. */
export function activePin(cluster: ClusterState, now: number): PinState | undefined {
  return cluster.pin && now < cluster.pin.expiresAt ? cluster.pin : undefined;
}

/**
 * Pins the version, or moves the expiry of the pin that is there.
 *
 * @param expiresAt four weeks from the first pin when absent.
 * @throws ApiError `INVALID_ATTRIBUTE` for an expiry in the past or beyond the four weeks.
 */
export function pinVersion(cluster: ClusterState, expiresAt: number | undefined, now: number): void {
  const { version, pinnedAt } = activePin(cluster, now) ?? { version: majorVersion(cluster), pinnedAt: now };
  const latest = pinnedAt + LONGEST_PIN;
  const wanted = expiresAt ?? latest;
  if (wanted <= now || wanted > latest) throw new ApiError('INVALID_ATTRIBUTE', 'expirationDate');
  cluster.pin = { version, pinnedAt, expiresAt: wanted };
}

/**
 * Removes the pin.
 *
 * @throws ApiError `FCV_NOT_PINNED` when there is none.
 */
export function unpinVersion(cluster: ClusterState, now: number): void {
  if (!activePin(cluster, now)) throw new ApiError('FCV_NOT_PINNED', cluster.name);
  cluster.pin = undefined;
}
