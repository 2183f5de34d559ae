import { describe, expect, it } from 'vitest';
import { mayReach } from '../../core/outbound-address.ts';

const PUBLIC = ['8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8', '64:ff9b::808:808'];
const LOOPBACK = ['127.0.0.1', '127.255.0.3', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::127.0.0.1'];
const PRIVATE = [
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  'fc00::1',
  'fd12::1',
];
const NEVER = [
  '169.254.169.254',
  '169.254.0.1',
  '::ffff:169.254.169.254',
  '64:ff9b::a9fe:a9fe',
  'fe80::1',
  'fe80::1%eth0',
  'fd00:ec2::254',
  '100.100.100.200',
  '0.0.0.0',
  '::',
  '224.0.0.1',
  'ff02::1',
  '255.255.255.255',
  '240.0.0.1',
  '192.0.0.192',
  '192.0.2.1',
  '198.18.0.1',
  '2002:7f00:1::',
  '2001:0:7f00:1::',
  '2001:db8::1',
  '64:ff9b:1::7f00:1',
  'localhost',
  '2130706433',
  '0x7f000001',
  '',
];

describe('where requests may go', () => {
  it.each(PUBLIC)('%s: from everywhere', (address) => {
    expect(mayReach(address, 'internet')).toBe(true);
    expect(mayReach(address, 'networks')).toBe(true);
  });

  it.each(LOOPBACK)('%s: from one machine, and from an emulator', (address) => {
    expect(mayReach(address, 'internet')).toBe(false);
    expect(mayReach(address, 'internet-and-loopback')).toBe(true);
    expect(mayReach(address, 'networks')).toBe(true);
  });

  it.each(PRIVATE)('%s: from one machine alone', (address) => {
    expect(mayReach(address, 'internet')).toBe(false);
    expect(mayReach(address, 'internet-and-loopback')).toBe(false);
    expect(mayReach(address, 'networks')).toBe(true);
  });

  it.each(NEVER)('%j: from nowhere', (address) => {
    for (const reach of ['internet', 'internet-and-loopback', 'networks'] as const)
      expect(mayReach(address, reach)).toBe(false);
  });
});
