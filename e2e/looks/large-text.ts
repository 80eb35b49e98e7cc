import type { Page } from '@playwright/test'

/** Makes the text of the page that is open twice as large, as a person's browser does who asks for it. */
export async function doubleText(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%'
  })
}

/**
 * What cannot be read on the page as it stands: words that stick out of the window, of a box with an edge, or of one
 * that cuts off what does not fit, and a choice that is longer than its field. What can be scrolled to, can be read.
 */
export function unreadable(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const out = new Set<string>()
    const nameOf = (element: Element) =>
      `${element.localName} “${element.textContent?.trim().slice(0, 40)}”`
    const root = document.documentElement
    if (root.scrollWidth > root.clientWidth) {
      const wide = [...document.querySelectorAll('body *')].filter(
        (each) => each.getBoundingClientRect().right > root.clientWidth + 1,
      )
      out.add(`the page is ${root.scrollWidth} px wide: ${wide.slice(0, 4).map(nameOf).join(', ')}`)
    }

    type Box = { kind: 'none' | 'edged' | 'scrolled' | 'unseen'; rect: DOMRect }
    const known = new Map<Element, Box>()
    const look = (element: Element): Box => {
      const rect = element.getBoundingClientRect()
      const { display, overflowX, overflowY, borderLeftWidth, clipPath } = getComputedStyle(element)
      // What only a screen reader reads.
      if (clipPath !== 'none' || (rect.width <= 1 && rect.height <= 1))
        return { kind: 'unseen', rect }
      if (display === 'inline' || display === 'contents') return { kind: 'none', rect }
      if (overflowX === 'auto' || overflowX === 'scroll') return { kind: 'scrolled', rect }
      const cuts = overflowX !== 'visible' || overflowY !== 'visible'
      return { kind: cuts || Number.parseFloat(borderLeftWidth) > 0 ? 'edged' : 'none', rect }
    }
    const boxOf = (element: Element) => {
      const box = known.get(element) ?? look(element)
      known.set(element, box)
      return box
    }
    const isWithin = (inner: DOMRect, outer: DOMRect) =>
      inner.left >= outer.left - 1 &&
      inner.right <= outer.right + 1 &&
      // A line is higher than its letters.
      inner.top >= outer.top - 2 &&
      inner.bottom <= outer.bottom + 2

    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const parent = text.parentElement
      if (!text.textContent?.trim() || !parent?.checkVisibility()) continue
      const range = document.createRange()
      range.selectNodeContents(text)
      const rects = [...range.getClientRects()]
      for (let each: Element | null = parent; each; each = each.parentElement) {
        const { kind, rect } = boxOf(each)
        if (kind === 'unseen' || kind === 'scrolled' || each === document.body) break
        if (kind === 'edged' && rects.some((inner) => !isWithin(inner, rect)))
          out.add(`“${text.textContent.trim()}” sticks out of ${nameOf(each)}`)
      }
    }

    const pen = document.createElement('canvas').getContext('2d')
    for (const select of document.querySelectorAll('select')) {
      if (!pen || !select.checkVisibility()) continue
      const chosen = select.selectedOptions[0]?.textContent ?? ''
      const { font, paddingLeft, paddingRight } = getComputedStyle(select)
      const edges = Number.parseFloat(paddingLeft) + Number.parseFloat(paddingRight)
      pen.font = font
      if (pen.measureText(chosen).width > select.clientWidth - edges + 1)
        out.add(`“${chosen}” is longer than its field`)
    }
    return [...out]
  })
}
