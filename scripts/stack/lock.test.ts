import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { takeLock } from './lock'

const dir = mkdtempSync(join(tmpdir(), 'ledgerline-lock-'))
const file = join(dir, 'dev.json')

afterEach(() => rmSync(file, { force: true }))
afterAll(() => rmSync(dir, { recursive: true }))

const take = () => takeLock(file, 'sleep 30', ({ pid, url }) => `${pid} has it at ${url}`)

test('a lock is refused while its owner lives, and says where it is', () => {
  const owner = spawn('sleep', ['30'])
  writeFileSync(file, JSON.stringify({ pid: owner.pid, url: 'http://localhost:3000' }))
  expect(take).toThrow(`${owner.pid} has it at http://localhost:3000`)
  owner.kill()
})

test.each([
  ['a dead owner', JSON.stringify({ pid: 2 ** 22 - 1 })],
  ['another program that got the pid later', JSON.stringify({ pid: process.ppid })],
  ['half a file', '{"pid":'],
])('the lock of %s is taken over', (_, content) => {
  writeFileSync(file, content)
  const lock = take()
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ pid: process.pid })
  lock.release()
  take().release()
})
