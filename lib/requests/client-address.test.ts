import { describe, expect, test } from 'vitest'
import { parseProxies } from '@/lib/env-proxies'
import { clientAddress } from './client-address'

const ATTACKER = '203.0.113.66'
const INVENTED = '198.51.100.1'

function seen(forwarded: string, trusted: string, peer: string | null = ATTACKER) {
  const proxies = parseProxies(trusted)
  if (!proxies) throw new Error(`${trusted} is not a list of proxies.`)
  return clientAddress({ peer, forwarded }, proxies)
}

describe('without a proxy', () => {
  test('only the socket counts, whatever the sender writes', () => {
    for (const forwarded of ['', INVENTED, `${INVENTED}, 10.0.0.1`, 'unknown', ',,'])
      expect(seen(forwarded, '0')).toBe(ATTACKER)
  })

  test('an unknown socket gives no address', () => {
    expect(seen(INVENTED, '0', null)).toBeNull()
  })
})

describe('behind as many proxies as were named', () => {
  test('what the furthest of them saw counts, and not what was sent to it', () => {
    expect(seen(`${INVENTED}, ${ATTACKER}`, '1', '10.0.0.1')).toBe(ATTACKER)
    expect(seen(`${INVENTED}, ${ATTACKER}, 10.0.0.2`, '2', '10.0.0.1')).toBe(ATTACKER)
  })

  test('a request that passed fewer of them counts for where its way begins', () => {
    expect(seen('', '1', '10.0.0.9')).toBe('10.0.0.9')
    expect(seen(ATTACKER, '3', '10.0.0.1')).toBe(ATTACKER)
  })
})

describe('behind proxies that are known by address', () => {
  test('the nearest that is none of them counts', () => {
    const proxies = '10.0.0.0/8, 2001:db8:ffff::/48'
    expect(seen(`${INVENTED}, ${ATTACKER}, 2001:db8:ffff::1`, proxies, '10.0.0.1')).toBe(ATTACKER)
    expect(seen(`${INVENTED}, ${ATTACKER}`, proxies, '::ffff:10.0.0.1')).toBe(ATTACKER)
  })

  test('a request that comes past them is not trusted', () => {
    expect(seen(`${INVENTED}, 10.0.0.1`, '10.0.0.1', ATTACKER)).toBe(ATTACKER)
  })

  test('their own requests are theirs', () => {
    expect(seen('', '127.0.0.1', '127.0.0.1')).toBe('127.0.0.1')
    expect(seen('127.0.0.1', '127.0.0.1', '127.0.0.1')).toBe('127.0.0.1')
  })

  test('an entry that is no address is not trusted', () => {
    expect(seen('unknown', '10.0.0.1', '10.0.0.1')).toBe('unknown')
  })
})

test('ports and brackets, which some proxies write, are not part of an address', () => {
  expect(seen(`${ATTACKER}:51234`, '1', '10.0.0.1')).toBe(ATTACKER)
  expect(seen('[2001:db8::9]:443', '1', '10.0.0.1')).toBe('2001:db8::9')
})

test('a platform that writes the header itself is believed its own, last, word', () => {
  const forwarded = `${INVENTED}, ${ATTACKER}`
  expect(clientAddress({ peer: '127.0.0.1', forwarded }, { kind: 'platform' })).toBe(ATTACKER)
  expect(clientAddress({ peer: null, forwarded }, { kind: 'platform' })).toBe(ATTACKER)
  expect(clientAddress({ peer: null, forwarded: '' }, { kind: 'platform' })).toBeNull()
})

test.each([
  '',
  'x',
  '10.0.0.0/33',
  '::/0',
  '0.0.0.0/0',
  '10.0.0.1,',
  '10.0.0.1 10.0.0.2',
  '300.1.1.1',
  'proxy.example.com',
  '10',
  '-1',
  '1.5',
])('“%s” names no proxies', (text) => {
  expect(parseProxies(text)).toBeNull()
})
