import { expect, type Page } from '@playwright/test'

/** Goes to a page, and waits until what is read last has arrived. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path)
  // The gallery of all states shows that one, too.
  if (path !== '/dev/states') await expect(page.getByText(/^Reading your /)).toHaveCount(0)
}
