import { beforeEach, expect, it, vi } from 'vitest'

const { operator, doctor, limit } = vi.hoisted(() => ({
  operator: vi.fn(),
  doctor: vi.fn(),
  limit: vi.fn(),
}))
vi.mock('@/lib/auth/operator', () => ({
  currentOperator: operator,
  requireRecentOperator: () => {
    throw new Error('An older sign-in will do.')
  },
}))
vi.mock('@/lib/console/health', () => ({ runDoctor: doctor }))
vi.mock('@/app/limits', () => ({ limitDoctor: limit, limitConsole: limit }))
vi.mock('@/app/own-origin', () => ({ requireOwnOrigin: async () => {} }))
vi.mock('next/server', () => ({ after: () => {} }))

const { runChecks } = await import('./actions')
const { RateLimited, Unavailable } = await import('@/lib/errors')

const press = () => runChecks(null, new FormData())

beforeEach(() => {
  operator.mockResolvedValue({ id: 'f0000000-0000-4000-8000-00000000000f' })
  doctor.mockReset().mockResolvedValue([])
  limit.mockReset().mockResolvedValue(undefined)
})

it('an operator has the checks run by a press, also one who signed in long ago', async () => {
  expect(await press()).toEqual({ kind: 'findings', findings: [] })
})

it('for everyone else there is no such button', async () => {
  operator.mockResolvedValue(null)
  await expect(press()).rejects.toThrow('NEXT_HTTP_ERROR_FALLBACK;404')
  expect(doctor).not.toHaveBeenCalled()
})

it('of many presses those past the limit run nothing', async () => {
  limit.mockRejectedValue(new RateLimited('too_many_tries', 30))
  expect(await press()).toEqual({ kind: 'paced' })
  expect(doctor).not.toHaveBeenCalled()
})

it('checks that take too long are said to, and other failures are no findings', async () => {
  doctor.mockRejectedValue(new Unavailable('too_slow'))
  expect(await press()).toEqual({ kind: 'late' })
  doctor.mockRejectedValue(new Error('broken'))
  expect(await press()).toEqual({ kind: 'failed' })
})
