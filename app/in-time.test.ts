import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test, vi } from 'vitest'
import { PATIENCE } from '@/lib/deadline'
import { Unavailable } from '@/lib/errors'
import { inTime } from './in-time'

const app = fileURLToPath(new URL('.', import.meta.url))
const sources = readdirSync(app, { recursive: true, encoding: 'utf8' }).map((path) => ({
  path,
  text: /\.tsx?$/.test(path) ? readFileSync(join(app, path), 'utf8') : '',
}))
const named = (name: string) => sources.filter(({ path }) => path.split('/').at(-1) === name)

test('a page whose answers do not come says so within seconds', async () => {
  vi.useFakeTimers()
  const page = inTime(() => new Promise<never>(() => {}))({})
  const outcome = expect(page).rejects.toThrow(Unavailable)
  await vi.advanceTimersByTimeAsync(PATIENCE.person.answer)
  vi.useRealTimers()
  await outcome
})

// What belongs to the request is there already; whatever else is awaited has to come from somewhere.
const ASKS =
  /\bawait (?!connection\(|requireDevTools\(|searchParams\b|params\b|cookies\(|headers\()/

// What has its deadlines within, and why nothing else in it waits.
const BY_ITSELF: Record<string, RegExp> = {
  // It answers within two seconds, whatever happens.
  'api/health/route.ts': /checkHealth\(\)/,
  // A body has ten seconds to arrive, and five to be stored.
  'api/webhooks/stripe/route.ts': /await readBody\(request\)[\s\S]*await receiveEvent\(/,
}

describe('a request has a deadline', () => {
  test.each(named('page.tsx').filter(({ text }) => ASKS.test(text)))('$path', ({ text }) => {
    expect(text).toMatch(/export default (inTime|consolePage)\(/)
  })

  test.each(named('route.ts').filter(({ path }) => path.startsWith('api/')))(
    '$path',
    ({ path, text }) => {
      expect(text).toMatch(
        BY_ITSELF[path] ?? /= (apiRoute|cronRoute|keyRoute|callerRoute|gatedRoute)\(/,
      )
    },
  )

  test('the two wrappers of the console, which its own pages and acts are made with, have it, too', () => {
    const wrapper = (name: string) => sources.find(({ path }) => path === `console/${name}`)?.text
    expect(wrapper('console-page.tsx')).toMatch(/return inTime\(/)
    expect(wrapper('console-act.ts')).toMatch(/= openAction\(/)
  })

  test.each(named('actions.ts'))('$path', ({ text }) => {
    const exported = [...text.matchAll(/export async function \w+/g)]
    const made = [...text.matchAll(/= (action|openAction|consoleAct|consoleLook)\(/g)]
    expect(made.length).toBeGreaterThanOrEqual(exported.length)
  })
})
