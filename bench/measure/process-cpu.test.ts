import { expect, test } from 'vitest'
import { cpuOf } from './process-cpu'

test('a process that works is seen to work, as much as it says itself', () => {
  const [system, own] = [cpuOf(process.pid), process.cpuUsage()]
  while (ownMs(own) < 200) Math.random()
  const seen = cpuOf(process.pid) - system
  // The system counts in steps of ten milliseconds.
  expect(Math.abs(seen - ownMs(own))).toBeLessThanOrEqual(30)
})

test('a process that is gone has no time', () => {
  expect(cpuOf(2 ** 22 + 1)).toBe(0)
})

function ownMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1000
}
