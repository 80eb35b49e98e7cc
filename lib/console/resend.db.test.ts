import { beforeEach, describe, expect, test } from 'vitest'
import { db } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { listEntries } from '@/db/queries/outbox'
import { operatorActor } from '@/lib/audit/actor'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { realClock } from '@/lib/clock'
import { enqueueMail } from '@/lib/mail/enqueue'
import { renderEmail } from '@/lib/mail/render'
import { deliverNotifications } from '@/lib/outbox/deliver-notification'
import { consume } from '@/lib/usage/consume'
import { buyer, reason } from './buyer.fixture'
import { readCustomerFile } from './customer'
import { resendMail } from './resend'

const ANA = operatorActor('f0000000-0000-4000-8000-00000000000e')

shopForFile()
let one: Awaited<ReturnType<typeof buyer>>
beforeEach(async () => {
  one = await buyer()
})

describe('sending an email again', () => {
  /** They used all that their plan has, and were written to. */
  async function written() {
    const { billing } = (await readCustomerFile(one.workspaceId)) ?? expect.unreachable()
    await consume(one.workspaceId, billing.usage.limit, 'all-of-it')
    await deliverNotifications(realClock, 50)
    const [mail] = (await readCustomerFile(one.workspaceId))?.mails ?? []
    return mail?.key ?? expect.unreachable()
  }

  test('writes it anew, to the address that its reader has now, once for a double click', async () => {
    const key = await written()
    const asked = { ...(await one.about()), key }
    await Promise.all([resendMail(ANA, asked), resendMail(ANA, asked)])
    const again = (await listEntries('mail', 50)).filter((entry) =>
      entry.key.startsWith(`${key}:again`),
    )
    expect(again).toMatchObject([
      {
        targetKey: one.customerId,
        payload: { to: `${one.userId}@example.test`, html: expect.stringContaining('<p>') },
      },
    ])
    expect((await listAudit(one.customerId)).at(-1)).toMatchObject({
      ...{ action: 'console.resend', actor: ANA },
      after: { mail: key, reason },
    })
  })

  test('that was written to someone else, or that signs in, is refused', async () => {
    const key = await written()
    const other = await buyer()
    await expect(resendMail(ANA, { ...(await other.about()), key })).rejects.toMatchObject({
      reason: 'console_gone',
    })
    const link = { label: 'In', url: 'https://app.example.test/api/auth/callback/email?token=x' }
    const mail = renderEmail({ to: 'a@example.test', subject: 'In', paragraphs: ['x'], link })
    await enqueueMail(db(), `mail:sign-in:${one.userId}`, mail)
    const asked = { ...(await one.about()), key: `mail:sign-in:${one.userId}` }
    await expect(resendMail(ANA, asked)).rejects.toMatchObject({ reason: 'console_gone' })
  })
})

test('an email that is about what is over says so, and nothing goes out', async () => {
  const link = { label: 'Pay', url: 'https://pay.example.test/x' }
  const mail = renderEmail({ to: 'a@example.test', subject: 'Due', paragraphs: ['x'], link })
  const key = `mail:made-by-no-notification:${one.userId}`
  await enqueueMail(db(), key, { ...mail, text: '(sent)', html: '', link: null }, one.customerId)
  const asked = { ...(await one.about()), key }
  await expect(resendMail(ANA, asked)).rejects.toMatchObject({ reason: 'console_nothing_to_say' })
})
