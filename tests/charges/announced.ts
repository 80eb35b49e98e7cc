import { formatDay } from '@/lib/day'
import type { Money } from '@/lib/money'

/** What was said of a charge before it came. `nothing`: no amount, or that there is none. `day`: as it was written. */
export type Announced = { where: string; money: Money | 'nothing'; day: string | undefined }

/** What was said of a charge that is not so, to the cent and the day. `at`: when its invoice is made; null: at once. */
export function untrue(announced: readonly Announced[], charged: Money, at: Date | null): string[] {
  const day = at ? formatDay(at) : undefined
  return announced.flatMap(({ where, money, day: said }) => {
    const { amount, currency } = money === 'nothing' ? { ...charged, amount: 0 } : money
    if (amount === charged.amount && currency === charged.currency && said === day) return []
    const words = `${amount} ${currency} on ${said}`
    return [`${where} says ${words}, and it is ${charged.amount} ${charged.currency} on ${day}`]
  })
}
