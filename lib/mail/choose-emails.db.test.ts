import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { disconnect, inTransaction } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { listOptOuts } from '@/db/queries/email-opt-outs'
import { deleteUser } from '@/db/queries/erase'
import { someone } from '@/lib/workspaces/someone.fixture'
import { chooseEmails } from './choose-emails'
import { readUnsubscribe, unsubscribeUrl } from './unsubscribe-link'

afterAll(disconnect)

let me: Awaited<ReturnType<typeof someone>>
beforeEach(async () => {
  me = await someone()
})

const trail = async () => (await listAudit(`user:${me.userId}`)).map(({ after }) => after)
const tokenOf = (url: string) => new URL(url).searchParams.get('token') ?? ''

describe('an email that no one is owed', () => {
  it('is turned off and on, each once however often it is pressed, and is on record', async () => {
    expect(await chooseEmails(me.actor, 'usage', false)).toBe(true)
    expect(await chooseEmails(me.actor, 'usage', false)).toBe(false)
    expect(await listOptOuts(me.userId)).toEqual(['usage'])
    await chooseEmails(me.actor, 'usage', true)
    expect(await listOptOuts(me.userId)).toEqual([])
    expect(await trail()).toEqual([
      { kind: 'usage', on: false },
      { kind: 'usage', on: true },
    ])
  })

  it('changes nothing for a user who is gone', async () => {
    await inTransaction((tx) => deleteUser(tx, me.userId, me.workspaceId))
    expect(await chooseEmails(me.actor, 'usage', false)).toBe(false)
  })
})

describe('the link that turns emails off', () => {
  it('says whose and which, and is the same each time', () => {
    const whose = { userId: me.userId, kind: 'usage' } as const
    expect(readUnsubscribe(tokenOf(unsubscribeUrl(whose)))).toEqual(whose)
    expect(unsubscribeUrl(whose)).toBe(unsubscribeUrl(whose))
  })

  it('that someone else made up is none', async () => {
    const token = tokenOf(unsubscribeUrl({ userId: me.userId, kind: 'usage' }))
    const [body = '', mac = ''] = token.split('.')
    const other = Buffer.from(
      JSON.stringify({ value: { userId: (await someone()).userId, kind: 'usage' }, at: 0 }),
    ).toString('base64url')
    for (const forged of ['', body, `${other}.${mac}`, `${body}.`, `${body}.${mac}x`.slice(1)])
      expect(readUnsubscribe(forged)).toBeNull()
  })
})
