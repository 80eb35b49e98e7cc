import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Proxies } from '@/lib/env-proxies'
import { peerHeader } from '@/lib/requests/peer-header'
import { networkKey } from './network-key'

const world = vi.hoisted((): { proxies: Proxies } => ({ proxies: { kind: 'hops', count: 0 } }))
vi.mock('@/lib/env', () => ({ env: () => world }))

/** Of a request through one proxy that is trusted. */
const from = (forwarded: string) => {
  return networkKey(new Headers({ 'x-forwarded-for': forwarded, [peerHeader()]: '10.0.0.1' }))
}

beforeEach(() => {
  world.proxies = { kind: 'hops', count: 1 }
})

describe('which network a request counts for', () => {
  test.each([
    ['one address', '203.0.113.7', '203.0.113.7'],
    [
      'what the nearest proxy saw, not what the sender wrote',
      '1.1.1.1, 203.0.113.7',
      '203.0.113.7',
    ],
    ['an address with a port', '203.0.113.7:51234', '203.0.113.7'],
    ['IPv4 in IPv6', '::ffff:203.0.113.7', '203.0.113.7'],
    ['IPv6, by its network', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['IPv6 in brackets, with a port', '[2001:db8:1:2::9]:443', '2001:db8:1:2::/64'],
    ['IPv6 in short', '2001:db8::1', '2001:db8:0:0::/64'],
    ['IPv6 in capitals', '2001:DB8:1:2::1', '2001:db8:1:2::/64'],
    ['this machine', '::1', '0:0:0:0::/64'],
  ])('%s', (_, forwarded, key) => {
    expect(from(forwarded)).toBe(key)
  })

  test('a sender who changes the rest of their IPv6 address stays in one network', () => {
    expect(from('2001:db8:1:2:aaaa::1')).toBe(from('2001:db8:1:2:bbbb::2'))
    expect(from('2001:db8:1:3::1')).not.toBe(from('2001:db8:1:2::1'))
  })

  test.each(['unknown', 'fe80::1%eth0', '999.1.1.1', '_hidden'])(
    'what is no address is no network of its own: %s',
    (forwarded) => {
      expect(from(forwarded)).toBeNull()
    },
  )

  test('without a proxy it is the socket’s, whatever the sender writes', () => {
    world.proxies = { kind: 'hops', count: 0 }
    expect(from('203.0.113.7')).toBe('10.0.0.1')
  })

  test('what this process did not see arrive is no network', () => {
    for (const header of ['x-peer', 'x-forwarded-for'])
      expect(networkKey(new Headers({ [header]: '203.0.113.7' }))).toBeNull()
  })

  test('on a platform it is what the platform wrote', () => {
    world.proxies = { kind: 'platform' }
    expect(networkKey(new Headers({ 'x-forwarded-for': '203.0.113.7' }))).toBe('203.0.113.7')
  })
})
