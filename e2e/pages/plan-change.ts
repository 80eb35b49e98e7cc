import { expect, type Page } from '@playwright/test'

/** What the portal says a change costs. Amounts in minor units. */
export type Review = {
  lines: { description: string; amount: number }[]
  due: number
}

/** Chooses a plan in the portal that is open, and reads what it would cost; nothing is changed yet. */
export async function reviewChange(
  page: Page,
  plan: string,
  interval: 'Monthly' | 'Yearly',
): Promise<Review> {
  await page.getByRole('button', { name: 'Update subscription' }).click()
  await page
    .getByRole('navigation', { name: 'Billing interval' })
    .getByRole('link', { name: interval })
    .click()
  await page.getByRole('radio', { name: plan }).check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('heading', { name: 'Confirm your update' })).toBeVisible()
  const rows = await page.getByRole('table', { name: 'What you pay' }).getByRole('row').all()
  const costs = await Promise.all(
    rows.slice(1).map(async (row) => ({
      description: (await row.getByRole('rowheader').textContent()) ?? '',
      amount: cents((await row.getByRole('cell').textContent()) ?? ''),
    })),
  )
  // The table ends with two sums: what is due today, and what is billed next.
  const due = costs.at(-2)
  expect(due?.description).toBe('Amount due today')
  return { lines: costs.slice(0, -2), due: due?.amount ?? Number.NaN }
}

/** Agrees to the change that was reviewed, and waits for the portal's word about it. */
export async function confirmChange(page: Page, said: string): Promise<void> {
  await page.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByRole('status')).toHaveText(said)
}

/** `$1,234.56` or, with a true minus sign, `−$8.33`. */
function cents(text: string): number {
  const digits = Number(text.replace(/[^0-9]/g, ''))
  return text.startsWith('−') ? -digits : digits
}
