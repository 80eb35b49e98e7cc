import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { AUDIENCES } from '@/lib/events/notifications'
import { type AskedFor, EMAIL_RULES, emailRule, OWED } from '@/lib/mail/email-rules'
import { OPTIONAL_EMAILS } from '@/lib/optional-emails'
import { ALWAYS_SENT, EMAIL_NAMES } from './email-names'

const rules = Object.values(EMAIL_RULES)

test('each email that a customer gets is owed or can be turned off', () => {
  for (const [kind, audience] of Object.entries(AUDIENCES)) {
    // The cast undoes what Object.entries forgets.
    const rule = emailRule(kind as keyof typeof AUDIENCES)
    expect(rule !== undefined, kind).toBe(audience !== 'operator')
  }
})

test('each line of the account page is about some email, and each email in one of them', () => {
  const owed = new Set(rules.flatMap((rule) => ('owed' in rule ? [rule.owed] : [])))
  expect([...owed].toSorted()).toEqual(Object.keys(OWED).toSorted())
  const chosen = new Set(rules.flatMap((rule) => ('choice' in rule ? [rule.choice] : [])))
  expect([...chosen].toSorted()).toEqual([...OPTIONAL_EMAILS].toSorted())
  expect(Object.keys(EMAIL_NAMES)).toEqual([...OPTIONAL_EMAILS])
  expect(ALWAYS_SENT).toEqual(Object.values(OWED))
})

test('what repeats another email repeats one that is owed', () => {
  for (const rule of rules) {
    if (!('repeats' in rule) || !rule.repeats) continue
    expect(EMAIL_RULES[rule.repeats]).toHaveProperty('owed')
  }
})

// By who sends them: what goes out about no notification has a key of its own.
const SENDERS: Record<AskedFor, string> = {
  sign_in_link: 'lib/auth/',
  links_are_off: 'lib/auth/links-are-off.ts',
  account_deleted: 'lib/outbox/deliver-erasures.ts',
}

test('no email goes out by another way', () => {
  const files = ['app', 'lib'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`),
  )
  const senders = files.filter(
    (path) =>
      /\.tsx?$/.test(path) &&
      !/\.(test|fixture)\./.test(path) &&
      path !== 'lib/mail/enqueue.ts' &&
      readFileSync(path, 'utf8').includes('enqueueMail('),
  )
  // The same notifications once more, where an operator asks for it.
  const again = 'lib/console/resend.ts'
  const known = [...Object.values(SENDERS), 'lib/outbox/deliver-notification.ts', again]
  expect(senders.filter((path) => !known.some((each) => path.startsWith(each)))).toEqual([])
})
