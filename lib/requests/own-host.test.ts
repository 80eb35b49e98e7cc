import { expect, test } from 'vitest'
import { isOwnHost } from './own-host'

const HERE = 'http://localhost:3000'

test.each([
  'localhost:3000',
  'LOCALHOST:3000',
  '127.0.0.1:3000',
  '[::1]:3000',
  'app.localhost:4000',
])('this machine is asked as %s', (host) => {
  expect(isOwnHost(host, HERE)).toBe(true)
  expect(isOwnHost(host, 'https://tunnel.example.com')).toBe(true)
})

test('the public address is asked with its port, or without where it is the scheme’s own', () => {
  expect(isOwnHost('tunnel.example.com', 'https://tunnel.example.com')).toBe(true)
  expect(isOwnHost('tunnel.example.com:443', 'https://tunnel.example.com')).toBe(true)
  expect(isOwnHost('Tunnel.Example.com', 'https://tunnel.example.com')).toBe(true)
  expect(isOwnHost('192.168.1.5:3000', 'http://192.168.1.5:3000')).toBe(true)
  expect(isOwnHost('192.168.1.5:3001', 'http://192.168.1.5:3000')).toBe(false)
})

test.each([
  ...['evil.example', 'evil.example:3000', '127.0.0.1.evil.example', 'localhost.evil.example:3000'],
  ...['evil.example#localhost', 'localhost@evil.example', 'evil.example@localhost', 'localhost/'],
  ...['192.168.1.5:3000', '0.0.0.0:3000', '[::]:3000', '127.0.0.1:3000, evil.example', '', ' '],
])('a name that was rebound to this machine is not ours: “%s”', (host) => {
  expect(isOwnHost(host, HERE)).toBe(false)
})

test('a request that names no host is not meant for us', () => {
  expect(isOwnHost(undefined, HERE)).toBe(false)
})
