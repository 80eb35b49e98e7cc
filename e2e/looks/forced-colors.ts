import type { Page } from '@playwright/test'

/**
 * Which controls of the page as it stands look the same in two states, in a browser that draws in the person's own
 * colors: chosen and not, here and elsewhere, with the focus and without, disabled and not; and which have no edge.
 */
export async function alike(page: Page): Promise<string[]> {
  // A browser shows the focus to those whose last step was by keyboard.
  await page.keyboard.press('Tab')
  return page.evaluate(() => {
    // What is left of a look in forced colors. A color is the person's own there, and one may be told from another.
    const lookOf = (element: Element | null) => {
      if (!element) return ''
      const style = getComputedStyle(element)
      return JSON.stringify([
        ...[style.color, style.backgroundColor, style.textDecorationLine, style.fontWeight],
        ...[style.borderTopWidth, style.borderTopStyle, style.borderTopColor],
        ...[style.borderBottomWidth, style.borderBottomStyle, style.borderBottomColor],
        ...[style.outlineStyle, style.outlineWidth, style.outlineColor],
      ])
    }
    const nameOf = (element: Element) => {
      const words = element.textContent?.trim() || element.getAttribute('name') || ''
      return `${element.localName} “${words.slice(0, 40)}”`
    }
    const isDrawn = (element: Element) => {
      const { width, height } = element.getBoundingClientRect()
      return width > 1 && height > 1 && getComputedStyle(element).appearance !== 'none'
    }
    const isShown = (element: Element) =>
      element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0
    const out = new Set<string>()

    for (const input of document.querySelectorAll<HTMLInputElement>('input')) {
      if (!['radio', 'checkbox'].includes(input.type) || !isShown(input) || isDrawn(input)) continue
      // Not drawn by the browser: its label shows whether it is chosen.
      const label = input.closest('label')
      const was = input.checked
      const looks = [true, false].map((checked) => {
        input.checked = checked
        return lookOf(label)
      })
      input.checked = was
      if (looks[0] === looks[1]) out.add(`${nameOf(label ?? input)}: chosen or not`)
    }

    for (const here of document.querySelectorAll('[aria-current]')) {
      if (!isShown(here)) continue
      const value = here.getAttribute('aria-current') ?? ''
      const look = lookOf(here)
      here.removeAttribute('aria-current')
      if (lookOf(here) === look) out.add(`${nameOf(here)}: here or elsewhere`)
      here.setAttribute('aria-current', value)
    }

    const focused = document.activeElement
    const controls =
      'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]'
    for (const control of document.querySelectorAll<HTMLElement>(controls)) {
      if (!isShown(control) || control.matches(':disabled')) continue
      const outlined =
        isDrawn(control) || control.localName !== 'input' ? control : control.closest('label')
      control.focus({ preventScroll: true })
      const { outlineStyle, outlineWidth } = getComputedStyle(outlined ?? control)
      if (outlineStyle === 'none' || Number.parseFloat(outlineWidth) < 2)
        out.add(`${nameOf(control)}: with the focus or without`)
      control.blur()
    }
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true })

    for (const control of document.querySelectorAll<HTMLButtonElement>(
      'button, select, textarea, input.field',
    )) {
      if (!isShown(control)) continue
      const was = control.disabled
      const looks = [true, false].map((disabled) => {
        control.disabled = disabled
        return lookOf(control)
      })
      control.disabled = was
      if (looks[0] === looks[1]) out.add(`${nameOf(control)}: disabled or not`)
    }

    for (const control of document.querySelectorAll('.button, .field')) {
      const { borderTopStyle, borderTopWidth, clipPath } = getComputedStyle(control)
      // What is clipped is seen with the focus only, by its outline.
      if (clipPath !== 'none') continue
      if (isShown(control) && (borderTopStyle === 'none' || Number.parseFloat(borderTopWidth) < 1))
        out.add(`${nameOf(control)}: no edge`)
    }
    return [...out]
  })
}
