import { Invalid } from '@/lib/errors'

/** A report's title, from a form or a request. @throws {Invalid} it is none */
export function readTitle(given: unknown): string {
  const title = typeof given === 'string' ? given.replace(/\s+/g, ' ').trim() : ''
  if (TITLE.test(title)) return title
  throw new Invalid('report_title', { title: '1 to 120 characters.' })
}

// Anything but what draws nothing, turns the line around, or is half a character.
const TITLE = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{1,120}$/u
