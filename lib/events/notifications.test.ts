import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { EMAIL_RULES } from '@/lib/mail/email-rules'
import { WRITERS } from '@/lib/outbox/writers'
import { AUDIENCES, notificationKey, notificationsOf } from './notifications'

const page = readFileSync('docs/reference/emails.md', 'utf8')
const rows = [...page.matchAll(/^\| `([\w.]+)` +\|(.+)\|$/gm)].map(([, kind = '', rest = '']) => {
  const [, , to, off] = rest.split('|').map((cell) => cell.trim())
  return { kind, to, off }
})

describe('docs/reference/emails.md', () => {
  it('has each kind of email once, with who gets it', () => {
    const written = Object.fromEntries(rows.map(({ kind, to }) => [kind, to]))
    expect(written).toEqual(AUDIENCES)
    expect(rows).toHaveLength(Object.keys(AUDIENCES).length)
    expect(Object.keys(WRITERS).toSorted()).toEqual(rows.map(({ kind }) => kind).toSorted())
  })

  it('says that what announces a charge, an end or a debt cannot be turned off', () => {
    const optional = rows.filter(({ off }) => off === 'yes').map(({ kind }) => kind)
    const ruled = Object.entries(EMAIL_RULES).filter(([, rule]) => 'choice' in rule)
    expect(optional.toSorted()).toEqual(ruled.map(([kind]) => kind).toSorted())
    expect(rows.every(({ off }) => off === 'yes' || off === 'no')).toBe(true)
  })
})

describe('an attempt that the bank wants confirmed', () => {
  it('has the key of the failure that Stripe reports of it, too', () => {
    const asks = { kind: 'invoice.payment_action_required', objectId: 'in_1', customerId: null }
    const fact = { ...asks, key: `${asks.kind}:in_1:2`, eventId: 'evt_1' } as const
    const failed = { key: 'invoice.payment_failed:in_1:2', kind: 'invoice.payment_failed' }
    expect(notificationsOf([fact])[0]?.key).toBe(notificationKey(failed))
  })
})
