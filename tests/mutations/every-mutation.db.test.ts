import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { ROOT } from '@/scripts/stack/paths'
import { ELSEWHERE } from './elsewhere'
import { ROWS } from './rows'

vi.mock('next/headers', () => ({ cookies: () => {}, headers: () => {} }))

// Operators have a matrix of their own (tests/console), and deliveries, jobs and developers are no customers.
const OTHERS = /^(console|dev|setup|api\/(webhooks|cron|auth))\//

// Read from the folder, so that a mutation that is added cannot be forgotten.
const FILES = readdirSync(join(ROOT, 'app'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/\.(test|fixture)\./.test(path) && !OTHERS.test(path))
  .map((path) => ({ path: `app/${path}`, text: readFileSync(join(ROOT, 'app', path), 'utf8') }))

const ACTIONS = FILES.filter(({ text }) => /^'use server'/m.test(text))
const ROUTES = FILES.filter(({ path }) => path.endsWith('/route.ts'))
// What a page of a customer's does at Stripe or in our records when it is opened.
const ACTING = FILES.filter(
  ({ path, text }) =>
    path.endsWith('/page.tsx') && /\b(confirm|grant|start|request|ensure)[A-Z]\w+\(/.test(text),
)

const exportsOf = ({ path, text }: { path: string; text: string }) =>
  [...text.matchAll(/^export (?:async function|const) (\w+)/gm)].map(
    ([, name]) => `${path} ${name}`,
  )

const MUTATIONS = [
  ...ACTIONS.flatMap(exportsOf),
  ...ROUTES.flatMap(exportsOf).filter((name) => / (POST|PUT|PATCH|DELETE)$/.test(name)),
  ...ACTING.map(({ path }) => path),
].sort()

// A row may say in which state of the plan it is pressed, after its name.
const named = [...Object.keys(ROWS), ...Object.keys(ELSEWHERE)]

test('there are mutations to be found, and each stands in a file that says so at its top', () => {
  expect(MUTATIONS.length).toBeGreaterThan(35)
  // Within a function it would be an action, too, and found by no one.
  const hidden = FILES.filter(({ text }) => /^\s+['"]use server['"]/m.test(text))
  expect(hidden.map(({ path }) => path)).toEqual([])
})

test.each(MUTATIONS)('%s has a row: double click, session, other people, Stripe', (mutation) => {
  expect(named.filter((name) => name === mutation || name.startsWith(`${mutation} `))).not.toEqual(
    [],
  )
})

test.each(named)('the row %s is of a mutation that is there', (name) => {
  expect(MUTATIONS.filter((each) => name === each || name.startsWith(`${each} `))).toHaveLength(1)
})

describe.each(Object.entries(ELSEWHERE))('%s', (_, circumstances) => {
  test.each(Object.entries(circumstances))('%s: is proven where it says', (__, proof) => {
    if ('not' in proof) return expect(proof.not).toMatch(/^[A-Z].+\.$/)
    const text = readFileSync(join(ROOT, proof.file), 'utf8')
    expect(text).toContain(`'${proof.test}'`)
  })
})
