import { expect, type Locator } from '@playwright/test'

// More than any page of ours has to step through.
const MOST = 120

/** Steps with Tab from where the focus is to this control, which then shows that it has it. */
export async function tabTo(control: Locator): Promise<void> {
  await expect(control).toBeVisible()
  for (let n = 0; n < MOST && !(await hasFocus(control)); n++)
    await control.page().keyboard.press('Tab')
  await expect(control).toBeFocused()
  expect(await isOutlined(control), `${control} shows that it has the focus`).toBe(true)
}

/** Steps to a button or a link, and presses it. */
export async function pressAt(control: Locator): Promise<void> {
  await tabTo(control)
  await control.page().keyboard.press('Enter')
}

/** Steps to a field, and writes into it. */
export async function typeAt(field: Locator, text: string): Promise<void> {
  await tabTo(field)
  await field.page().keyboard.type(text)
}

function hasFocus(control: Locator): Promise<boolean> {
  return control.evaluate((element) => element === document.activeElement)
}

// A radio that is not drawn itself has the outline at its label.
function isOutlined(control: Locator): Promise<boolean> {
  return control.evaluate((element) =>
    [element, element.closest('label')].some((each) => {
      if (!each) return false
      const { outlineStyle, outlineWidth } = getComputedStyle(each)
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1
    }),
  )
}
