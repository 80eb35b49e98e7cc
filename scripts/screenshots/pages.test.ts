import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { DEMO_USERS } from '@/lib/auth/demo'
import { ROOT } from '@/scripts/stack/paths'
import { NOT_DRAWN, SHOTS } from './pages'

const routes = readdirSync(join(ROOT, 'app'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /(^|[\\/])page\.tsx$/.test(path))
  .map((path) => `/${path.replaceAll('\\', '/').replace(/\/?page\.tsx$/, '')}`)

it('every page has a picture, or a reason for having none', () => {
  const drawn = new Set(SHOTS.map(({ path }) => path.replace(/\?.*/, '')))
  const missing = routes.filter((path) => !drawn.has(path) && !Object.hasOwn(NOT_DRAWN, path))
  expect(missing, 'add each to SHOTS or to NOT_DRAWN in scripts/screenshots/pages.ts').toEqual([])
})

it('every picture is of a page that exists, seen by a person of the demo', () => {
  const people = DEMO_USERS.map(({ email }) => email)
  for (const { name, path, as } of SHOTS) {
    expect(routes, name).toContain(path.replace(/\?.*/, ''))
    if (as) expect(people, name).toContain(as)
  }
  expect(Object.keys(NOT_DRAWN).filter((path) => !routes.includes(path))).toEqual([])
})

it('every state of the demo has its picture', () => {
  const seen = SHOTS.filter(({ path }) => path === '/settings/billing').map(({ as }) => as)
  const people = DEMO_USERS.filter(({ operator }) => !operator).map(({ email }) => email)
  expect(people.filter((email) => !seen.includes(email))).toEqual([])
})
