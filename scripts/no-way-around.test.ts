import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from './stack/paths'

const ROUTE = 'app/api/webhooks/stripe/route.ts'

it.each([
  ['signs for itself with Stripe’s test signer', /generateTestHeaderString/],
  ['builds an event without its signature', /constructEventWithoutVerification/],
  [
    'has a switch that turns verification off',
    /skip[-_ ]?(signature|verif)|verify[-_ ]?webhooks?=/i,
  ],
])('nothing that is shipped %s', (_, way) => {
  expect(shipped().filter((path) => way.test(read(path)))).toEqual([])
})

it('the webhook’s body is read as bytes, once: one that was parsed and written again is not signed', () => {
  expect(read(ROUTE)).toContain('readBody(request)')
  for (const path of [ROUTE, 'lib/webhooks/read-body.ts', 'lib/webhooks/receive.ts']) {
    expect(read(path), path).not.toMatch(/request\.(json|text|formData|blob|clone)\(/)
  }
})

it('one file decides what Stripe signed, and the webhook’s way in is its only caller', () => {
  const callers = shipped().filter((path) => /\bverifyWebhook\(/.test(read(path)))
  expect(callers).toEqual(['lib/stripe/verify.ts', 'lib/webhooks/receive.ts'])
  const inside = shipped().filter((path) => /webhooks\.signature|constructEvent/.test(read(path)))
  expect(inside).toEqual(['lib/stripe/verify.ts'])
})

it('an error of ours is named by a field, because a production build shortens the names of classes', () => {
  const unnamed = shipped().flatMap((path) => {
    const text = read(path)
    const classes = [...text.matchAll(/class (\w+) extends \w*(?:Error|[Ee]xception)\b[^{]*\{/g)]
    return classes
      .filter(({ 0: head, 1: name, index }) => {
        const body = text.slice(index + head.length).trimStart()
        const named = body.startsWith(`override readonly name = '${name}'`)
        return !named && !head.startsWith('class BillingError')
      })
      .map(([, name]) => `${path}: ${name}`)
  })
  expect(unnamed).toEqual([])
  expect(shipped().filter((path) => /constructor\.name/.test(read(path)))).toEqual([])
})

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

// What `next build` can reach: no tests, and nothing that only a laptop runs.
function shipped(): string[] {
  return ['app', 'db', 'lib'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .map((path) => join(folder, path))
      .filter((path) => /\.tsx?$/.test(path) && !/\.(test|fixture)\.tsx?$/.test(path))
      .sort(),
  )
}
