import { type CheckoutIntent, findIntentOf } from '@/db/queries/checkout-intents'
import { findCustomer } from '@/db/queries/customers'
import { type Actor, workspaceIdOf } from '@/lib/audit/actor'
import { ACCESS_POLICY } from '@/lib/catalog/access-policy'
import type { Choice } from '@/lib/catalog/parse-choice'
import type { Purchase } from '@/lib/catalog/parse-purchase'
import { ensureCustomer } from '@/lib/customers/ensure'
import { retireCustomer } from '@/lib/customers/retire'
import { isPlanWithheld, requirePlanAllowed } from '@/lib/entitlements/require-plan-allowed'
import { isUnstartedAtStripe } from '@/lib/entitlements/unstarted'
import { type CheckoutUi, env } from '@/lib/env'
import { Conflict, Forbidden, Invalid, NotFound } from '@/lib/errors'
import type { CheckoutSessionId, CustomerId } from '@/lib/ids'
import { cancelUnstarted } from '@/lib/invoices/cancel-unstarted'
import { redeemable } from '@/lib/promotions/redeemable'
import { countRead } from '@/lib/redis/person-reads'
import { isTerminal } from '@/lib/status'
import { isForeign } from '@/lib/stripe/foreign'
import { listSubscriptions } from '@/lib/stripe/subscriptions'
import { productionPorts } from '@/lib/sync/production-ports'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { authorizeBilling } from '@/lib/workspaces/authorize'
import { codeBefore } from './code-before'
import { openIntent, type Wanted } from './open-intent'
import { releaseIntent } from './release-intent'
import { sessionUrl } from './session-url'
import { checkoutUi } from './ui'

type Sought = Choice & Partial<Pick<Purchase, 'code' | 'from'>>

export type Started = { kind: 'checkout'; url: string } | { kind: 'change_plan' }

// Two people in one account, or two tabs, can replace each other's choice; more rounds than this is a loop.
const ROUNDS = 4

/**
 * Sends a person to Stripe to pay for a plan of their workspace. One open session per workspace: the same
 * choice again gives the same page, another choice expires the first, and fifty clicks at once make one
 * session. `ui`: on Stripe's page or within ours, as the setting has it.
 * `code`: a promotion code that they came with; one that gives them nothing is left out. Without one, an
 * open session keeps its own, and one that takes its place has it, too: also one that was typed at Stripe's page.
 * `from`: their checkout that is over, or was left: its code comes along, and Stripe says whether it still holds.
 * With a living subscription the user is sent to change it instead of buying a second.
 * @throws {Forbidden} an operator withholds plans from the workspace: nothing is sold that it would not get
 * @throws {Conflict} the choice kept changing under us
 * @throws {Gone} Stripe does not have the customer, on which a plan hangs
 * @throws {Unavailable} Stripe does not answer
 */
export async function startCheckout(
  actor: Actor,
  choice: Sought,
  ui: CheckoutUi = checkoutUi(),
): Promise<Started> {
  const workspaceId = await authorizeBilling(actor)
  await requirePlanAllowed(workspaceId)
  const customerId = await ensureCustomer(actor, workspaceId)
  try {
    return await startFor(actor, customerId, choice, ui)
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
    // Stripe does not have this customer. If it was deleted there, or nothing hangs on it, its
    // workspace gets a new one.
    await syncCustomer(productionPorts(), customerId, actor, { customer: true })
    await giveUpMissing(actor, customerId)
    const next = await ensureCustomer(actor, workspaceIdOf(actor))
    if (next === customerId) throw error
    return startFor(actor, next, choice, ui)
  }
}

async function giveUpMissing(actor: Actor, customerId: CustomerId): Promise<void> {
  if (!(await findCustomer(customerId))?.missingAt) return
  const reason = 'Stripe does not have it, and its workspace buys anew.'
  await retireCustomer(actor, customerId, { reason, endsPlans: false })
}

async function startFor(
  actor: Actor,
  customerId: CustomerId,
  { tier, interval, code = null, from = null }: Sought,
  ui: CheckoutUi,
): Promise<Started> {
  // A subscription whose first payment never came would bill again: it ends before another begins.
  const { unstarted, living, hasBought } = await listLiving(customerId)
  for (const { id } of unstarted) await cancelUnstarted(actor, customerId, id)
  if (living.length > 0) return { kind: 'change_plan' }
  const choice = { tier, interval }
  let promotionCode =
    (await redeemable(code, choice, { customerId, hasBought })) ??
    (from && code === null ? await codeOf(actor, from) : null)
  let keeps = true
  for (let round = 0; round < ROUNDS; round += 1) {
    const wanted = { ...choice, promotionCode }
    const { intent, created } = await openIntent(actor, customerId, wanted)
    const [url, bought] = await Promise.all([
      isSame(intent, wanted) ? addressOf(actor, customerId, intent, { created, ui }) : null,
      // A payment in another tab frees the way to a new intent: look again once the way is ours.
      created ? hasLiving(customerId) : false,
    ])
    const withheld = await isPlanWithheld(workspaceIdOf(actor))
    if (url === REFUSED) [promotionCode, keeps] = [null, false]
    else if (url && !bought && !withheld) return { kind: 'checkout', url }
    // What takes its place keeps its code, where no other was asked for and Stripe has not refused one.
    if (keeps) promotionCode ??= await codeBefore(intent)
    const released = await releaseIntent(actor, customerId, intent)
    if (withheld) throw new Forbidden('plan_withheld')
    // The paid subscription may have ended since, with both events still to come: then a new checkout may begin.
    if (bought || (released === 'paid' && (await hasLiving(customerId))))
      return { kind: 'change_plan' }
  }
  throw new Conflict('checkout_opening')
}

async function codeOf(actor: Actor, from: CheckoutSessionId) {
  const intent = await findIntentOf(workspaceIdOf(actor), from)
  return intent && codeBefore(intent)
}

// Stripe does not open a session with the code: it has the last word on who may use it.
const REFUSED = Symbol('refused')

async function addressOf(...of: Parameters<typeof sessionUrl>) {
  try {
    return await sessionUrl(...of)
  } catch (error) {
    if (error instanceof Invalid && error.reason === 'promotion_refused') return REFUSED
    throw error
  }
}

// A click without a code is content with the one that the open session has.
function isSame(intent: CheckoutIntent, { tier, interval, promotionCode }: Wanted): boolean {
  const isOther = promotionCode !== null && intent.promotionCode !== promotionCode
  return intent.tier === tier && intent.interval === interval && !isOther
}

async function hasLiving(customerId: CustomerId): Promise<boolean> {
  countRead()
  const { living } = await listLiving(customerId)
  return living.length > 0
}

// Those that never began, which do not stand in the way, and the others.
async function listLiving(customerId: CustomerId) {
  const subscriptions = await listSubscriptions(customerId)
  const living = subscriptions.filter(
    ({ status, metadata }) => !isTerminal(status) && !isForeign(metadata, env().appEnv),
  )
  const mayEnd = ACCESS_POLICY.failedFirstPayment === 'cancel'
  const unstarted = living.filter((each) => mayEnd && isUnstartedAtStripe(each))
  return {
    unstarted,
    living: living.filter((each) => !unstarted.includes(each)),
    hasBought: subscriptions.some(({ invoices }) => invoices.length > 0),
  }
}
