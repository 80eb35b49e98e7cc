import { beforeEach, describe, expect, it } from 'vitest'
import { readActivity } from '@/lib/audit/activity'
import { readEmailChoices } from '@/lib/mail/read-choices'
import { unsubscribeUrl } from '@/lib/mail/unsubscribe-link'
import { someone } from '@/lib/workspaces/someone.fixture'
import { GET, POST } from './route'

let me: Awaited<ReturnType<typeof someone>>
let url: string
beforeEach(async () => {
  me = await someone()
  url = unsubscribeUrl({ userId: me.userId, kind: 'usage' })
})

const isOn = async () => (await readEmailChoices(me.actor)).every(({ on }) => on)
const ask = (address = url) => GET(new Request(address))
// What RFC 8058 has a mail program send: no cookie, no origin.
const press = (address = url) =>
  POST(
    new Request(address, {
      method: 'POST',
      body: 'List-Unsubscribe=One-Click',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }),
  )

describe('the link that turns emails off', () => {
  it('changes nothing when it is only opened, however often, and leads to a page with a button', async () => {
    for (let n = 0; n < 3; n += 1) {
      const answer = await ask()
      expect(answer.status).toBe(303)
      expect(new URL(answer.headers.get('location') ?? '').pathname).toBe('/emails/unsubscribe')
    }
    expect(await isOn()).toBe(true)
  })

  it('pressed by a mail program turns them off at once, without a redirect, and once', async () => {
    for (let n = 0; n < 2; n += 1) {
      const answer = await press()
      expect([answer.status, await answer.json()]).toEqual([200, { status: 'unsubscribed' }])
    }
    expect(await isOn()).toBe(false)
    const { activity } = await readActivity(me.actor, { before: undefined, hidden: [] })
    expect(activity).toMatchObject([
      { action: 'user.choose_emails', who: 'you', after: { kind: 'usage', on: false } },
    ])
  })

  it('pressed on our page leads back to it', async () => {
    const answer = await press(`${url}&page=1`)
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toMatch(/\/emails\/unsubscribe\?token=.+&done=1$/)
  })

  it('that we did not make is refused, and turns nothing off', async () => {
    for (const forged of [url.slice(0, -2), url.replace('token=', 'token=x'), url.split('?')[0]]) {
      expect((await press(forged)).status).toBe(400)
    }
    expect(await isOn()).toBe(true)
  })
})
