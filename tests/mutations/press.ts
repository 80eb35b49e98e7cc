import { readRefusal } from '@/app/components/read-refusal'
import { CookieJar } from '@/app/cookie-jar.fixture'
import { jars } from './request'
import type { Answer, Row, Viewer } from './row'

const SESSION = 'authjs.session-token'

/** Presses a form as a browser of `who` does, and answers where that leads and which sentence stands there. */
export function press(
  { press: act }: Pick<Row, 'press'>,
  { who, fields }: { who: Viewer | null; fields: Record<string, string> },
): Promise<Answer> {
  const jar = new CookieJar()
  if (who) jar.set({ name: SESSION, value: who.token })
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return jars.run(jar, async () => {
    const to = await leadsTo(() => act(form))
    // As the page does that it leads to, in the same browser.
    const query = Object.fromEntries(new URL(to, 'http://localhost:3000').searchParams)
    const shown = await readRefusal(query)
    return { to, reason: shown?.reason ?? null, typed: shown?.typed }
  })
}

// Next leads elsewhere by throwing: `NEXT_REDIRECT;push;<address>;303;`.
async function leadsTo(act: () => Promise<unknown>): Promise<string> {
  try {
    const value = await act()
    return `/${Object.keys(Object(value)).join('&')}`
  } catch (error) {
    const [kind, , to] = String(Object(error).digest ?? '').split(';')
    if (kind !== 'NEXT_REDIRECT' || !to) throw error
    return to
  }
}
