import type { Invoice } from '@/lib/billing/invoices'
import { formatMoney } from '@/lib/money'
import type { Word } from './word'

/** Where a paid invoice stands of which something went back, or may; null where nothing did. */
export function backWord({ paid, back }: Invoice): Word | null {
  const { refunded, credited, takenBack, disputed } = back
  const all = refunded + credited + takenBack
  if (all > 0) {
    const what = refunded > 0 ? 'refunded' : takenBack > 0 ? 'taken back by your bank' : 'credited'
    const word = all >= paid.amount ? capital(what) : `Partly ${what}`
    return { word, icon: 'dash', tone: 'neutral' }
  }
  return disputed > 0 ? { word: 'Disputed', icon: 'alert', tone: 'warn' } : null
}

/** How much of what was paid went back, and how: one sentence each. */
export function backNotes({ paid: { currency }, back }: Invoice): string[] {
  const { refunded, credited, takenBack, disputed } = back
  const text = (amount: number) => formatMoney({ amount, currency })
  return [
    ...(refunded > 0 ? [`${text(refunded)} was sent back to you`] : []),
    ...(credited > 0 ? [`${text(credited)} was added to your credit`] : []),
    ...(takenBack > 0 ? [`${text(takenBack)} was taken back by your bank`] : []),
    ...(disputed > 0 ? [`${text(disputed)} is disputed at your bank, which has not decided`] : []),
  ]
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
