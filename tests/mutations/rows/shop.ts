import { payAtStripe, upgrade } from '@/app/pricing/actions'
import {
  buyCredits,
  cancelOther,
  changeCard,
  changeDetails,
  manageBilling,
} from '@/app/settings/billing/actions'
import { payOne } from '@/app/settings/billing/invoices/actions'
import { putLeftToUse, startSetup } from '@/app/settings/billing/payment-method/actions'
import { CREDIT_PACKS } from '@/lib/catalog/credit-packs'
import { priceForTier } from '@/lib/catalog/price-for-tier'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { leave } from '@/lib/payment-methods/left.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { readOpenPayment } from '@/lib/subscriptions/open-payment'
import { shownCharge } from '@/lib/subscriptions/shown-charge'
import { account, arrive, owing, paying, visitor } from '@/tests/mutations/people'
import type { Row } from '@/tests/mutations/row'
import { billingOf } from '@/tests/mutations/stands'

const AT_STRIPE = /^http:\/\/[\w.:]+\/(c\/pay|p\/session)\//
const TO_PLANS = /^\/settings\/billing\/plans\?error=not_found/
const CHOICE = { tier: SMALL, interval: 'month' }

async function visit() {
  const who = await visitor()
  return { who, fields: CHOICE, stands: () => billingOf(who) }
}

/** A page with a button that leads to Stripe: what is done there is Stripe's, and opening it does nothing. */
function leadsAway(press: Row['press'], fields: Record<string, string> = {}): Row {
  return {
    async open() {
      const who = await paying()
      return { who, fields, stands: () => billingOf(who) }
    },
    press,
    done: AT_STRIPE,
    after: { ours: { status: 'active' }, stripe: { charged: [1900] } },
    back: '/settings/billing',
    outsider: TO_PLANS,
  }
}

/** What leads to a payment, or makes one. */
export const SHOP_ROWS: Record<string, Row> = {
  'app/pricing/actions.ts upgrade': {
    open: visit,
    press: upgrade,
    done: AT_STRIPE,
    after: { stripe: { open: 1, charged: [] } },
    back: 'plan=pro&interval=month',
    outsider: AT_STRIPE,
  },
  'app/pricing/actions.ts payAtStripe': {
    open: visit,
    press: payAtStripe,
    done: AT_STRIPE,
    after: { stripe: { open: 1, charged: [] } },
    back: 'plan=pro&interval=month',
    outsider: AT_STRIPE,
  },
  'app/settings/billing/actions.ts buyCredits': {
    async open() {
      const who = await account()
      return { who, fields: { pack: CREDIT_PACKS[0]?.pack ?? '' }, stands: () => billingOf(who) }
    },
    press: buyCredits,
    done: AT_STRIPE,
    after: { stripe: { open: 1, charged: [] } },
    back: '/settings/billing',
    outsider: AT_STRIPE,
  },
  'app/settings/billing/actions.ts manageBilling': leadsAway(manageBilling),
  'app/settings/billing/actions.ts changeCard': leadsAway(changeCard, { shown: '' }),
  'app/settings/billing/actions.ts changeDetails': leadsAway(changeDetails),
  'app/settings/billing/actions.ts cancelOther': {
    ...leadsAway(cancelOther),
    async open() {
      const who = await paying()
      await stripeClient().subscriptions.create({
        customer: who.customerId,
        items: [{ price: await priceForTier(GREAT, 'month') }],
        metadata: { app: 'ledgerline', env: 'test' },
        default_payment_method: (
          await stripeClient().paymentMethods.attach('pm_card_visa', { customer: who.customerId })
        ).id,
      })
      await arrive()
      return { who, fields: {}, stands: () => billingOf(who) }
    },
    after: { ours: { tier: GREAT }, stripe: { charged: [4900, 1900] } },
  },
  'app/settings/billing/payment-method/actions.ts startSetup': {
    ...leadsAway(startSetup),
    done: /^\/clientSecret$/,
    back: '/settings/billing/payment-method',
  },
  'app/settings/billing/payment-method/actions.ts putLeftToUse': {
    async open() {
      const who = await owing()
      const left = await leave(who, 'pm_card_mastercard')
      const payment = await readOpenPayment(who.actor)
      const fields = { setup_intent: left, shown: shownCharge(payment?.open ?? null) }
      return { who, fields, stands: () => billingOf(who) }
    },
    press: putLeftToUse,
    done: /^\/settings\/billing\?done=paid$/,
    again: /^\/settings\/billing\?done=card$/,
    after: { ours: { status: 'active' }, stripe: { charged: [1900, 1900], card: 'mastercard' } },
    back: '/settings/billing/payment-method',
  },
  'app/settings/billing/invoices/actions.ts payOne': {
    async open() {
      const who = await owing()
      const payment = await readOpenPayment(who.actor)
      return {
        ...{ who, fields: { shown: shownCharge(payment?.open ?? null) } },
        stands: () => billingOf(who),
      }
    },
    press: payOne,
    done: /^\/settings\/billing\/invoices\?paid=in_\w+$/,
    after: { ours: { status: 'active' }, stripe: { charged: [1900, 1900] } },
    back: '/settings/billing/invoices',
    outsider: /error=not_found/,
  },
}
