import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import type postgres from 'postgres'
import { strayStripe } from '@/scripts/build/stripe-pages'
import { ROOT } from '@/scripts/stack/paths'
import { test } from './fixtures'
import { alike } from './looks/forced-colors'
import { doubleText, unreadable } from './looks/large-text'
import { moving } from './looks/motion'
import { OPEN, SIGNED_IN } from './pages/looked-at'
import { SMALL } from './pages/plans'
import { subscriber } from './pages/signed-in'
import { visit } from './pages/visit'

// What people ask of their browsers beside a color, on each page that axe looks at.
test.beforeEach(() => {
  test.setTimeout(180_000)
})

test('in forced colors each control shows whether it is chosen, has the focus, or is disabled, and where it ends', async ({
  page,
  sql,
}) => {
  // A look that is read at once would be that of before, on its way to the next.
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
  expect(await wrongOn(page, sql, () => alike(page))).toEqual({})
})

test('with text of twice the size every word is read on a desk and on a phone, and nothing scrolls sideways', async ({
  page,
  sql,
}) => {
  const found = await wrongOn(page, sql, async () => {
    await doubleText(page)
    const at: string[] = []
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 })
      at.push(...(await unreadable(page)).map((what) => `at ${width} px ${what}`))
    }
    return at
  })
  expect(found).toEqual({})
})

test('nothing moves for a person who asks for less motion, and something does for one who does not', async ({
  page,
  sql,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  expect(await wrongOn(page, sql, () => moving(page))).toEqual({})
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  await page.goto('/pricing')
  expect(await moving(page)).not.toEqual([])
})

test('what is hard to see is found where it is', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' })
  await page.setContent(`<style>* { outline: none !important } #hidden { opacity: 0; appearance: none }</style>
    <label><input type="radio" id="hidden">Yearly</label> <a href="#a" aria-current="page">Billing</a>
    <a class="button" href="#b">Pay</a>
    <div style="width: 60px; overflow: hidden; white-space: nowrap">Longer than its box is</div>
    <select style="width: 50px"><option>Longer than its field is</option></select>
    <div style="width: 3000px">Wide</div>`)
  expect(await alike(page)).toEqual(
    expect.arrayContaining([
      'label “Yearly”: chosen or not',
      'a “Billing”: here or elsewhere',
      'a “Pay”: with the focus or without',
      'a “Pay”: no edge',
    ]),
  )
  expect(await unreadable(page)).toEqual([
    expect.stringContaining('px wide: div “Wide”'),
    expect.stringContaining('“Longer than its box is” sticks out'),
    '“Longer than its field is” is longer than its field',
  ])
})

test('no file of the build has Stripe.js in it but those of the two pages that need it', () => {
  expect(strayStripe(join(ROOT, '.next'))).toEqual([])
})

/** What is wrong with each page, by its path: nothing of one that is as it should be. */
async function wrongOn(page: Page, sql: postgres.Sql, wrong: () => Promise<string[]>) {
  const found: Record<string, string[]> = {}
  const look = async (paths: readonly string[]) => {
    for (const path of paths) {
      await visit(page, path)
      const here = await wrong()
      if (here.length > 0) found[path] = here
    }
  }
  await look(OPEN)
  await subscriber(page, SMALL, sql)
  await look(SIGNED_IN)
  return found
}
