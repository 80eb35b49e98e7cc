import { afterAll, expect, it, vi } from 'vitest'
import { db, disconnect } from '@/db/client'
import { realClock } from '@/lib/clock'
import { enqueueMail } from '@/lib/mail/enqueue'
import { deliverOutbox } from './deliver'

const EMAIL = { to: 'a@example.test', subject: 's', text: 't', html: 'h', link: null }

// Beside a sandbox without a mail server, emails are captured.
vi.mock('@/lib/env', async (original) => {
  const { env } = await original<typeof import('@/lib/env')>()
  return { env: () => ({ ...env(), devTools: true }) }
})
afterAll(disconnect)

it('a renewal day’s emails go out in one drain, not twenty a minute', async () => {
  for (let n = 0; n < 45; n += 1) await enqueueMail(db(), `${n}`, { ...EMAIL, expiresAt: null })
  expect(await deliverOutbox(realClock)).toEqual({
    followed: 0,
    noticed: 0,
    mailed: 45,
    canceled: 0,
  })
})

it('no batch is begun when the time is up', async () => {
  await enqueueMail(db(), 'left', { ...EMAIL, expiresAt: null })
  expect(await deliverOutbox(realClock, 0)).toEqual({
    followed: 0,
    noticed: 0,
    mailed: 0,
    canceled: 0,
  })
  expect(await deliverOutbox(realClock)).toEqual({
    followed: 0,
    noticed: 0,
    mailed: 1,
    canceled: 0,
  })
})
