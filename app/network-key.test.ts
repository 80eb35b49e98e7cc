import { describe, expect, test } from 'vitest'
import { networkKey } from './network-key'

const from = (forwarded: string) => networkKey(new Headers({ 'x-forwarded-for': forwarded }))

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

  test.each(['', 'unknown', '203.0.113.7, ', 'fe80::1%eth0', '999.1.1.1', '_hidden'])(
    'what is no address is no network of its own: %s',
    (forwarded) => {
      expect(from(forwarded)).toBeNull()
    },
  )

  test('no header is no network', () => {
    expect(networkKey(new Headers())).toBeNull()
  })
})
