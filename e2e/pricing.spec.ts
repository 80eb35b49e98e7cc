import { expect, type Page } from '@playwright/test'
import { SOAK } from '@/scripts/test/soaks'
import { test } from './fixtures'
import { onList, PLAN_NAMES, SMALL } from './pages/plans'
import { accessibilityProblems } from './stack/accessibility'

const SAMPLES = [2, 3, 4, 5].map((count) => `/dev/plans/${count}`)
const WIDTHS = [1280, 800, 390]

test('the pricing page has a card and a column for each plan of the catalog', async ({ page }) => {
  await page.goto('/pricing')
  const cards = page.getByRole('article')
  await expect(cards).toHaveCount(PLAN_NAMES.length)
  for (const [n, name] of PLAN_NAMES.entries()) {
    await expect(cards.nth(n).getByRole('heading', { name })).toBeVisible()
    await expect(page.getByRole('columnheader', { name, exact: true })).toBeVisible()
  }
  await expect(page.getByText(onList(SMALL.prices.month), { exact: true }).first()).toBeVisible()
})

test('a column of the comparison leads to the card of its plan', async ({ page }) => {
  await page.goto('/pricing')
  await page.getByRole('columnheader').getByRole('link', { name: SMALL.name, exact: true }).click()
  await expect(page).toHaveURL(`/pricing#${SMALL.tier}`)
})

for (const path of ['/pricing', ...SAMPLES]) {
  // The samples are the same page with other catalogs.
  const details = path === '/pricing' ? {} : SOAK
  for (const width of WIDTHS) {
    test(
      `${path} fits into ${width} px, and with text of twice the size`,
      details,
      async ({ page }) => {
        await page.setViewportSize({ width, height: 900 })
        await page.goto(path)
        expect(await outside(page)).toEqual([])
        await page.addStyleTag({ content: 'html { font-size: 200% }' })
        expect(await outside(page)).toEqual([])
      },
    )
  }

  test(
    `${path} puts what belongs together on one line where cards stand side by side`,
    details,
    async ({ page }) => {
      await page.setViewportSize({ width: 1280, height: 900 })
      await page.goto(path)
      const [first, second] = await Promise.all(
        [0, 1].map((n) => page.getByRole('article').nth(n).getByRole('heading').boundingBox()),
      )
      expect(first?.y).toBe(second?.y)
      const buttons = page.getByRole('article').locator('.button')
      const [left, right] = await Promise.all([0, 1].map((n) => buttons.nth(n).boundingBox()))
      expect(left?.y).toBe(right?.y)
    },
  )
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`two to five plans keep to WCAG 2.2 AA in ${colorScheme} colors`, SOAK, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 })
      for (const path of SAMPLES) {
        await page.goto(path)
        expect(await accessibilityProblems(page), `${path} at ${width}`).toEqual([])
      }
    }
  })
}

test(
  'with five plans a keyboard reaches the last column of the comparison on a phone',
  SOAK,
  async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 900 })
    await page.goto('/dev/plans/5')
    const last = page.getByRole('columnheader').getByRole('link').last()
    await last.focus()
    await expect(last).toBeInViewport()
  },
)

/** What sticks out of the window, or out of its card: the words that it holds. */
function outside(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const out: string[] = []
    const root = document.documentElement
    if (root.scrollWidth > root.clientWidth) out.push(`the page: ${root.scrollWidth} px`)
    for (const card of document.querySelectorAll('article')) {
      const { left, right } = card.getBoundingClientRect()
      for (const part of card.querySelectorAll('*')) {
        const box = part.getBoundingClientRect()
        // One pixel wide is what only a screen reader reads.
        if (box.width > 1 && (box.left < left - 1 || box.right > right + 1))
          out.push(part.textContent ?? '')
      }
    }
    return out
  })
}
