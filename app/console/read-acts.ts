import { fieldText } from '@/app/form-field'
import { isPaidTier } from '@/lib/catalog/plans'
import type { About } from '@/lib/console/subject-of'
import { isFeature } from '@/lib/entitlements/overridden'
import { Invalid, NotFound } from '@/lib/errors'
import { isSubscriptionId, isWorkspaceId, type SubscriptionId } from '@/lib/ids'
import { parseReason } from '@/lib/operators/reason'
import type { Gift, Subject, Withheld } from '@/lib/overrides/subject'
import { readSeen } from './read-form'

/** Reads whom a form is about, of what page, and why. @throws {Invalid | NotFound} */
export function readAbout(form: FormData): About {
  const workspaceId = fieldText(form, 'workspace')
  if (!isWorkspaceId(workspaceId)) throw new NotFound('console_gone')
  return { workspaceId, seen: readSeen(form), reason: parseReason(fieldText(form, 'reason')) }
}

/** Reads what to give, and until when. @throws {Invalid | NotFound} */
export function readGrant(form: FormData): About & { gift: Gift; until: Date } {
  return { ...readAbout(form), gift: giftOf(form), until: readUntil(form) }
}

/** Reads what to take away, and until when. @throws {Invalid | NotFound} */
export function readWithhold(form: FormData): About & { what: Withheld; until: Date } {
  const what = subjectOf(form)
  if (what.kind === 'limit') throw new Invalid('console_subject')
  return { ...readAbout(form), what, until: readUntil(form) }
}

/** Reads which decision to take back. @throws {Invalid | NotFound} */
export function readRevoke(form: FormData): About & { what: Subject } {
  return { ...readAbout(form), what: subjectOf(form) }
}

/** Reads whether the money goes back. @throws {Invalid | NotFound} */
export function readEnd(form: FormData): About & { refund: boolean } {
  return { ...readAbout(form), refund: refundOf(form) }
}

/** Reads which of several to end, and whether its money goes back. @throws {Invalid | NotFound} */
export function readMerge(form: FormData): About & { id: SubscriptionId; refund: boolean } {
  const id = fieldText(form, 'subscription')
  if (!isSubscriptionId(id)) throw new Invalid('console_subject')
  return { ...readAbout(form), id, refund: refundOf(form) }
}

/** Reads which email to send again. @throws {Invalid | NotFound} */
export function readResend(form: FormData): About & { key: string } {
  const key = fieldText(form, 'mail') ?? ''
  if (!/^mail:[\x21-\x7e]{1,400}$/.test(key)) throw new NotFound('console_gone')
  return { ...readAbout(form), key }
}

/** The page that a form about a customer stands on, whatever was posted. */
export function customerPage(form: unknown): string {
  const id = fieldText(form, 'workspace')
  return isWorkspaceId(id) ? `/console/customers/${id}` : '/console'
}

// `plan:pro`, `feature:api_access`, `limit:monthlyUses`: what the select says.
function giftOf(form: FormData): Gift {
  const [kind, name] = (fieldText(form, 'what') ?? '').split(':')
  if (kind === 'plan' && isPaidTier(name)) return { kind, tier: name }
  const subject = subjectOf(form)
  if (subject.kind === 'plan') throw new Invalid('console_subject')
  if (subject.kind === 'feature') return subject
  const amount = fieldText(form, 'amount') ?? ''
  if (!/^\d{1,9}$/.test(amount)) throw new Invalid('console_amount')
  return { ...subject, amount: Number(amount) }
}

function subjectOf(form: FormData): Subject {
  const [kind, name] = (fieldText(form, 'what') ?? '').split(':')
  if (kind === 'plan') return { kind }
  if (kind === 'feature' && isFeature(name)) return { kind, feature: name }
  if (kind === 'limit' && name === 'monthlyUses') return { kind, limit: name }
  throw new Invalid('console_subject')
}

// To the end of that day in UTC, as people mean it.
function readUntil(form: FormData): Date {
  const text = fieldText(form, 'until') ?? ''
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null
  if (!day || Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text)
    throw new Invalid('console_until')
  if (day.getUTCFullYear() > LAST_YEAR) throw new Invalid('console_until')
  return new Date(day.getTime() + 86_400_000)
}

// Nothing by hand is meant to last longer, and Postgres takes no text of a year with five digits.
const LAST_YEAR = 2100

function refundOf(form: FormData): boolean {
  const refund = fieldText(form, 'refund')
  if (refund !== 'yes' && refund !== 'no') throw new Invalid('console_refund')
  return refund === 'yes'
}
