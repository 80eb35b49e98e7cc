import type Stripe from 'stripe'
import { optionalId } from '@/sandbox/ids'

type Settings = Pick<
  Stripe.Subscription,
  'default_payment_method' | 'default_tax_rates' | 'automatic_tax'
>

/**
 * Who pays and the taxes while a phase lasts: what it does not name is as its schedule has it, and
 * not as its subscription had it.
 */
export function settingsOfPhase(
  { default_settings: defaults }: Readonly<Stripe.SubscriptionSchedule>,
  phase: Readonly<Stripe.SubscriptionSchedule.Phase>,
): Settings {
  const tax = phase.automatic_tax ?? defaults.automatic_tax
  return {
    default_payment_method: optionalId(
      phase.default_payment_method ?? defaults.default_payment_method,
    ),
    default_tax_rates: structuredClone(phase.default_tax_rates ?? []),
    automatic_tax: structuredClone(
      tax ?? { disabled_reason: null, enabled: false, liability: null },
    ),
  }
}
