import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { withinBudget } from './within-budget'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const silent = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason))
  })

it('what is answered is handed on, and leaves no timer behind', async () => {
  expect(await withinBudget(150, async () => 'PONG')).toBe('PONG')
  expect(vi.getTimerCount()).toBe(0)
})

it('what fails leaves no timer behind either', async () => {
  const refused = withinBudget(150, () => Promise.reject(new Error('refused')))
  await expect(refused).rejects.toThrow('refused')
  expect(vi.getTimerCount()).toBe(0)
})

it('what is answered late, but in time, leaves none', async () => {
  const late = (ms: number) => () => new Promise<void>((answer) => setTimeout(answer, ms))
  for (const ms of [60, 120, 149]) {
    const asked = withinBudget(150, late(ms))
    await vi.advanceTimersByTimeAsync(ms)
    await asked
    expect(vi.getTimerCount()).toBe(0)
  }
})

it('what is silent ends with its budget', async () => {
  const asked = withinBudget(150, silent)
  const ended = expect(asked).rejects.toThrow('No answer in time.')
  await vi.advanceTimersByTimeAsync(149)
  expect(vi.getTimerCount()).toBe(1)
  await vi.advanceTimersByTimeAsync(2)
  await ended
  expect(vi.getTimerCount()).toBe(0)
})

it('what answers for a request that was aborted is no answer', async () => {
  const asked = withinBudget(150, (signal) => silent(signal).catch(() => 'Aborted'))
  const ended = expect(asked).rejects.toThrow('No answer in time.')
  await vi.advanceTimersByTimeAsync(151)
  await ended
})
