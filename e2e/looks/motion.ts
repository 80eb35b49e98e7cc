import type { Page } from '@playwright/test'

/** What of the page as it stands moves, or would move, for longer than a person could see, by tag and class. */
export function moving(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    // Ten milliseconds: less than one picture of a screen.
    const isLong = (times: string) =>
      times
        .split(',')
        .some((time) => Number.parseFloat(time) * (time.trim().endsWith('ms') ? 1 : 1000) > 10)
    const out = new Set<string>()
    for (const element of document.querySelectorAll('*')) {
      for (const part of [undefined, '::before', '::after']) {
        const style = getComputedStyle(element, part)
        const animated = style.animationName !== 'none' && isLong(style.animationDuration)
        if (animated || isLong(style.transitionDuration) || style.scrollBehavior === 'smooth')
          out.add(`${element.localName}${part ?? ''}.${element.getAttribute('class') ?? ''}`)
      }
    }
    // What a script began.
    for (const { playState, effect } of document.getAnimations())
      if (playState === 'running' && Number(effect?.getComputedTiming().duration) > 10)
        out.add(`an animation of ${effect?.getComputedTiming().duration} ms`)
    return [...out]
  })
}
