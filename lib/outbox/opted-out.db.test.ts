import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { disconnect } from '@/db/client'
import { listEntries } from '@/db/queries/outbox'
import { realClock } from '@/lib/clock'
import { chooseEmails } from '@/lib/mail/choose-emails'
import { Mail } from '@/lib/mail/mail'
import { readUnsubscribe } from '@/lib/mail/unsubscribe-link'
import { consume } from '@/lib/usage/consume'
import { aTeam, someone } from '@/lib/workspaces/someone.fixture'
import { deliverNotifications } from './deliver-notification'
import { rewrite } from './rewrite-notification'

afterAll(disconnect)

let me: Awaited<ReturnType<typeof someone>>
let other: Awaited<ReturnType<typeof someone>>
beforeEach(async () => {
  ;[me, other] = [await someone(), await someone()]
})

/** Uses all that Free allows, in a team of both, and gives the emails that this makes. */
async function useUp() {
  const team = await aTeam('Engines', me.userId, other.userId)
  await consume(team, 10, randomUUID())
  await deliverNotifications(realClock)
  const own = new Set([me, other].map(({ userId }) => `${userId}@example.test`))
  return (await listEntries('mail', 100))
    .map(({ key, payload }) => ({ key, mail: Mail.parse(payload) }))
    .filter(({ mail }) => own.has(mail.to))
}
const to = (emails: Awaited<ReturnType<typeof useUp>>) => [
  ...new Set(emails.map(({ mail }) => mail.to)),
]

describe('an email about usage', () => {
  it('says how to have no more of them, for each reader their own way', async () => {
    const emails = await useUp()
    expect(to(emails)).toHaveLength(2)
    for (const { mail } of emails) {
      const url = new URL(mail.unsubscribe ?? '')
      const userId = mail.to.replace('@example.test', '')
      expect(readUnsubscribe(url.searchParams.get('token') ?? '')).toEqual({
        userId,
        kind: 'usage',
      })
      expect(mail.text).toContain(url.href)
      expect(mail.html).toContain('turn these emails off')
    }
  })

  it('goes to the owners who did not turn it off', async () => {
    await chooseEmails(me.actor, 'usage', false)
    expect(to(await useUp())).toEqual([`${other.userId}@example.test`])
  })

  it('goes to no one where all turned it off', async () => {
    for (const { actor } of [me, other]) await chooseEmails(actor, 'usage', false)
    expect(await useUp()).toEqual([])
  })

  it('that waits for its server is not sent to who turned it off meanwhile', async () => {
    const [first] = (await useUp()).filter(({ mail }) => mail.to.startsWith(me.userId))
    if (!first) throw new Error('There is no email.')
    expect(await rewrite(first.key, first.mail, realClock)).toMatchObject({ to: first.mail.to })
    await chooseEmails(me.actor, 'usage', false)
    expect(await rewrite(first.key, first.mail, realClock)).toBeNull()
  })
})
