import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test, vi } from 'vitest'
import { inTime } from '@/app/in-time'
import { Conflict, Unavailable } from '@/lib/errors'
import { AWAY } from '@/lib/refusals/away'
import { Failure } from './failure'

const logged = vi.hoisted((): { ref?: string }[] => [])
vi.mock('@/lib/log', () => ({ log: { error: (line: object) => logged.push(line) } }))

const GENERAL = 'Your plan and your payments are not affected.'

/** What the browser shows of a page that threw: React sends it the digest of an error, and nothing else. */
async function shown(error: unknown): Promise<string> {
  const page = inTime(() => Promise.reject(error))
  const thrown: unknown = await page({}).catch((why: unknown) => why)
  const digest = thrown instanceof Error && 'digest' in thrown ? String(thrown.digest) : '123456'
  const masked = Object.assign(new Error('An error occurred in a Server Component.'), { digest })
  return renderToStaticMarkup(<Failure error={masked} retry={() => {}} title="We could not." />)
}

describe('a page that cannot be shown', () => {
  // The casts undo what Object.keys forgets.
  test.each(Object.keys(AWAY) as (keyof typeof AWAY)[])('because of %s says so', async (reason) => {
    const page = await shown(new Unavailable(reason))
    expect(page).toContain(AWAY[reason].title)
    expect(page).toContain(AWAY[reason].advice)
    expect(page).toContain(`<code class="font-mono">${logged.at(-1)?.ref}</code>`)
  })

  test.each([
    new Error('secret'),
    new Conflict({ internal: 'secret' }),
    new Unavailable({ internal: 'secret' }),
    Object.assign(new Error('x'), { digest: 'toString.0123abcd' }),
    Object.assign(new Error('x'), { digest: 'pay_here.0123abcd' }),
  ])('for another reason says what is safe: %s', async (error) => {
    const page = await shown(error)
    expect(page).toContain(GENERAL)
    expect(page).not.toContain('secret')
  })
})
