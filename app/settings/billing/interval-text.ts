import type { Interval } from '@/lib/catalog/plans'
import { intervalWords } from '@/lib/interval-words'

type Billed = { interval: Interval | null; recurrence: string | null }

/** How often a plan is billed: `monthly`, `every 3 months`; null where it is not known. */
export function billedText({ interval, recurrence }: Billed): string | null {
  return intervalWords(interval)?.billed ?? recurrence
}

/** A plan and how often it is billed: `Pro monthly`, and `Pro, billed every 3 months,` in a sentence. */
export function planBilled(name: string, billed: Billed): string {
  const words = billedText(billed)
  if (!words) return name
  return words.includes(' ') ? `${name}, billed ${words},` : `${name} ${words}`
}
