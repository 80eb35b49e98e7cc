import { setTimeout as wait } from 'node:timers/promises'
import type { Browser } from './browser'

// A second and a half without a failure: what is still broken would have shown.
const STREAK = 15
const EVERY_MS = 100

// What a program asks, and the page that a person looks at.
const PLACES = ['/api/billing/status', '/settings/billing']

// Far beyond what is promised: an app that is not well by then is wedged.
const WEDGED_MS = 60_000

/**
 * Asks for something of the database ten times a second, whatever became of the question before, until
 * fifteen in a row are answered.
 * @returns after how many milliseconds the first of these was asked
 */
export async function recover(browser: Browser): Promise<number> {
  const began = performance.now()
  const asked: number[] = []
  const good: (boolean | undefined)[] = []
  while (performance.now() - began < WEDGED_MS) {
    const n = asked.push(performance.now() - began) - 1
    good.push(undefined)
    const answer = browser.get(PLACES[n % PLACES.length] ?? '/').catch(() => null)
    void answer.then((one) => {
      // A page that is streamed has begun well when it finds out that it cannot go on.
      good[n] = one?.status === 200 && !one.text.includes('We could not read')
    })
    await wait(EVERY_MS)
    const first = startOfStreak(good)
    if (first !== null) return asked[first] ?? 0
  }
  return Number.POSITIVE_INFINITY
}

/** The first of the newest unbroken row of good answers, if that is long enough and nothing before it is open. */
export function startOfStreak(good: readonly (boolean | undefined)[]): number | null {
  // One that is still asked may yet fail.
  const open = good.indexOf(undefined)
  const answered = open === -1 ? good : good.slice(0, open)
  const lastBad = answered.lastIndexOf(false)
  return answered.length - lastBad - 1 >= STREAK ? lastBad + 1 : null
}
