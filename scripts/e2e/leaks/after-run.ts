import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { ROOT } from '@/scripts/stack/paths'
import { type Hidden, leaksIn } from './leaks-in'

type Variables = Record<string, string>

/**
 * What a run of the stories left where it must not be: a secret, a key, an address or a card of that run, in what
 * every browser receives, in the logs of the applications, or on the pages of an error. One sentence for each.
 */
export async function leaksAfter(stacks: readonly Variables[]): Promise<string[]> {
  const hidden = (await Promise.all(stacks.map(hiddenOf))).flat()
  const texts = [...files('.next/static'), ...files('.next/server', /\.html$/)]
  const logs = stacks.map(({ E2E_APP_LOG = '' }) => textOf(E2E_APP_LOG))
  const pages = (await Promise.all(stacks.map(errorPages))).flat()
  return [...texts, ...logs, ...pages].flatMap(({ name, text }) =>
    leaksIn(text, hidden).map((what) => `${name} holds ${what}.`),
  )
}

type Text = { name: string; text: string }

/** The secrets that a stack was given, and the addresses of all who signed in there. */
async function hiddenOf(stack: Variables): Promise<Hidden[]> {
  const secrets = Object.entries(stack)
    .filter(([name, value]) => SECRET.test(name) && value.length > 7)
    .map(([name, text]) => ({ what: name, text }))
  const sql = postgres(stack.DATABASE_URL ?? '', { max: 1, onnotice: () => {} })
  const people = await sql<{ email: string }[]>`select email from users where email <> ''`
  await sql.end({ timeout: 5 })
  if (people.length === 0) throw new Error('No one signed in: there is nothing to look for.')
  return [
    ...secrets,
    ...people.map(({ email }) => ({ what: 'the address of a customer', text: email })),
  ]
}

const SECRET = /^(?!NEXT_PUBLIC_).*(SECRET|TOKEN|_KEY$|DATABASE_URL|EMAIL_SERVER)/

function files(folder: string, which = /\.(js|css|json|map|html|txt)$/): Text[] {
  const found = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
  const names = found.filter((name) => which.test(name)).map((name) => join(folder, name))
  if (names.length === 0) throw new Error(`There is nothing in ${folder}.`)
  return names.map(textOf)
}

function textOf(name: string): Text {
  return { name, text: readFileSync(join(name.startsWith('/') ? '' : ROOT, name), 'utf8') }
}

// Asked for with what must not come back.
async function errorPages({ BASE_URL = '', CRON_SECRET = '' }: Variables): Promise<Text[]> {
  const headers = {
    authorization: `Bearer ${CRON_SECRET}`,
    cookie: `authjs.session-token=${CRON_SECRET}`,
  }
  const asked: [path: string, init: RequestInit][] = [
    ['/nowhere', { headers }],
    ['/api/nowhere', { headers }],
    ['/reports?title=%00', { headers }],
    ['/pricing', { method: 'POST', headers: { ...headers, 'next-action': '0'.repeat(42) } }],
    ['/api/webhooks/stripe', { method: 'POST', headers, body: '{}' }],
    ['/api/v1/reports', { method: 'POST', headers, body: '{' }],
  ]
  return Promise.all(
    asked.map(async ([path, init]) => {
      const answer = await fetch(`${BASE_URL}${path}`, { ...init, redirect: 'manual' })
      const headers = [...answer.headers].map((pair) => pair.join(': ')).join('\n')
      return { name: `The answer of ${path}`, text: `${headers}\n${await answer.text()}` }
    }),
  )
}
