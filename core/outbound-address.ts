import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * How far requests to systems of the user's own may go.
 *
 * - `internet`: public addresses alone. On AWS: a runbook must not reach what only the function can.
 * - `internet-and-loopback`: also this machine, for the stack on an emulator.
 * - `networks`: whatever one machine can reach, itself and private networks too, without link-local addresses and the metadata
 *   services of clouds, which give out credentials.
 */
export type Reach = 'internet' | 'internet-and-loopback' | 'networks';

/** Ranges of addresses, by the names of ipaddr.js, which takes them from the IANA registries. */
const RANGES: Readonly<Record<Reach, ReadonlySet<string>>> = {
  internet: new Set(['unicast']),
  'internet-and-loopback': new Set(['unicast', 'loopback']),
  networks: new Set(['unicast', 'loopback', 'private', 'uniqueLocal', 'carrierGradeNat']),
};

/**
 * Metadata services outside of the link-local ranges, of EC2 by IPv6 and of Alibaba Cloud; and translations into private networks,
 * which hold an IPv4 address at a place of their own choice (RFC 8215).
 */
const NEVER = [
  ipaddr.parseCIDR('fd00:ec2::/32'),
  ipaddr.parseCIDR('100.100.100.200/32'),
  ipaddr.parseCIDR('64:ff9b:1::/48'),
];

/** All that IANA has assigned of IPv6 for addresses of the internet (RFC 4291, 2.4). */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');

/** The ranges of IPv6 in whose last 32 bits an IPv4 address stands, which is where a packet goes. */
const EMBEDDING = new Set(['ipv4Mapped', 'rfc6145', 'rfc6052']);

/**
 * Whether a request may go to an address.
 *
 * @param address IPv4 or IPv6, in any of its spellings; anything else may not.
 */
export function mayReach(address: string, reach: Reach): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  if (NEVER.some((block) => parsed.kind() === block[0].kind() && parsed.match(block))) return false;
  const range = parsed.range();
  if (EMBEDDING.has(range)) return mayReach(lastFourBytes(parsed.toByteArray()), reach);
  if (range === 'unicast' && parsed.kind() === 'ipv6' && !parsed.match(GLOBAL_UNICAST)) return false;
  return RANGES[reach].has(range);
}

function lastFourBytes(bytes: readonly number[]): string {
  return bytes.slice(-4).join('.');
}
