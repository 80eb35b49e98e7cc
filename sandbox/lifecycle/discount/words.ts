import type Stripe from 'stripe'
import { amountText } from '@/sandbox/lifecycle/money'

/** What a coupon takes off, such as `20% off`. */
export function offWords({ percent_off, amount_off, currency }: Readonly<Stripe.Coupon>): string {
  const off =
    percent_off === null ? amountText(amount_off ?? 0, currency ?? 'usd') : `${percent_off}%`
  return `${off} off`
}
