'use server'

import { after } from 'next/server'
import { consoleAct, lead } from '@/app/console/console-act'
import { doneOf } from '@/app/console/done'
import {
  customerPage,
  readAbout,
  readEnd,
  readGrant,
  readMerge,
  readResend,
  readRevoke,
  readWithhold,
} from '@/app/console/read-acts'
import { grantAccess, withholdAccess } from '@/lib/console/decide-access'
import { endPlan } from '@/lib/console/end-plan'
import { mergeDuplicate } from '@/lib/console/merge-duplicate'
import { resendMail } from '@/lib/console/resend'
import { revokeAccess } from '@/lib/console/revoke-access'
import { syncNow } from '@/lib/console/sync-now'
import { deliverAfterVisit } from '@/lib/jobs/drain-after-visit'

const sync = consoleAct(readAbout, async (actor, about) => {
  const once = await syncNow(actor, about, { later: after, deliver: deliverAfterVisit })
  return doneOf(once, 'synced')
})
const give = consoleAct(readGrant, async (actor, asked) => {
  const once = await grantAccess(actor, asked)
  return doneOf(once, 'granted')
})
const take = consoleAct(readWithhold, async (actor, asked) => {
  const once = await withholdAccess(actor, asked)
  return doneOf(once, 'withheld')
})
const takeBack = consoleAct(readRevoke, async (actor, asked) => {
  const once = await revokeAccess(actor, asked)
  return doneOf(once, 'revoked')
})
const end = consoleAct(readEnd, async (actor, asked) => {
  const once = await endPlan(actor, asked)
  after(deliverAfterVisit)
  return doneOf(once, 'ended')
})
const merge = consoleAct(readMerge, async (actor, asked) => {
  const once = await mergeDuplicate(actor, asked)
  after(deliverAfterVisit)
  return doneOf(once, 'merged')
})
const send = consoleAct(readResend, async (actor, asked) => {
  const once = await resendMail(actor, asked)
  after(deliverAfterVisit)
  return doneOf(once, 'resent')
})

/** Has Stripe read now. */
export async function syncCustomerNow(form: FormData): Promise<never> {
  return lead(await sync(form), customerPage(form), form)
}

/** Gives a plan, a feature or a limit until a day. */
export async function grant(form: FormData): Promise<never> {
  return lead(await give(form), customerPage(form), form)
}

/** Takes a plan or a feature away until a day. */
export async function withhold(form: FormData): Promise<never> {
  return lead(await take(form), customerPage(form), form)
}

/** Takes back what was decided by hand. */
export async function revokeDecision(form: FormData): Promise<never> {
  return lead(await takeBack(form), customerPage(form), form)
}

/** Ends the plan at once, with a refund or without. */
export async function cancelPlanNow(form: FormData): Promise<never> {
  return lead(await end(form), customerPage(form), form)
}

/** Ends one of several subscriptions. */
export async function mergeSubscription(form: FormData): Promise<never> {
  return lead(await merge(form), customerPage(form), form)
}

/** Sends an email again. */
export async function resend(form: FormData): Promise<never> {
  return lead(await send(form), customerPage(form), form)
}
