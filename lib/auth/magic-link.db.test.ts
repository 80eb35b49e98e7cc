import { afterAll, expect, it } from 'vitest'
import { db, disconnect } from '@/db/client'
import { magicLink } from './magic-link'

afterAll(disconnect)

it('a link that cannot be sent fails the sign-in, and raises no unhandled rejection before that', async () => {
  await db().execute('alter table outbox rename to elsewhere')
  const unhandled: unknown[] = []
  const hear = (reason: unknown) => unhandled.push(reason)
  process.on('unhandledRejection', hear)
  const sending = magicLink.sendVerificationRequest({
    identifier: 'ada@example.test',
    url: 'http://localhost:3000/api/auth/callback/email?token=t',
    token: 't',
    expires: new Date(),
  })
  // A whole turn after it has failed: by then Node has reported unhandled rejections.
  await db().execute('select pg_sleep(0.2)')
  await new Promise(setImmediate)
  process.off('unhandledRejection', hear)
  expect(unhandled).toEqual([])
  await expect(sending).rejects.toThrow('A query failed')
  await db().execute('alter table elsewhere rename to outbox')
})
