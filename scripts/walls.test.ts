import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ROOT, tool } from './stack/paths'

// What a file at this path may not contain, and the rule or the sentence that says so.
const REFUSED: readonly [path: string, source: string, rule: string][] = [
  [
    'app/x.ts',
    `import { db } from '@/db/client'\nexport const x = db`,
    'app/ speaks only to lib/.',
  ],
  ['app/x.ts', `import Stripe from 'stripe'\nexport const x = Stripe`, 'app/ speaks only to lib/.'],
  [
    'app/x.ts',
    `import { a } from '@/lib/stripe/client'\nexport const x = a`,
    'app/ speaks only to lib/.',
  ],
  [
    'lib/noun/verb.ts',
    `import { after } from 'next/server'\nexport const x = after`,
    'lib/ knows billing',
  ],
  [
    'lib/noun/verb.ts',
    `import { sql } from 'drizzle-orm'\nexport const x = sql`,
    'lib/ knows billing',
  ],
  [
    'lib/noun/verb.ts',
    `import Stripe from 'stripe'\nexport const x = Stripe`,
    'lib/ knows billing',
  ],
  [
    'lib/noun/verb.ts',
    `import { a } from '@/sandbox/server'\nexport const x = a`,
    'lib/ knows billing',
  ],
  [
    'lib/stripe/x.ts',
    `import { db } from '@/db/client'\nexport const x = db`,
    'lib/stripe is a gateway',
  ],
  ['lib/auth/x.ts', `import { sql } from 'drizzle-orm'\nexport const x = sql`, 'lib/auth is where'],
  [
    'lib/leaf.ts',
    `import { a } from '@/lib/sync/drain'\nexport const x = a`,
    'Files directly in lib/ are leaves.',
  ],
  [
    'db/queries/x.ts',
    `import { a } from '@/lib/sync/drain'\nexport const x = a`,
    'db/ is the other gateway',
  ],
  [
    'db/queries/x.ts',
    `import { after } from 'next/server'\nexport const x = after`,
    'db/ is the other gateway',
  ],
  ['sandbox/x.ts', `import { a } from '@/lib/env'\nexport const x = a`, 'sandbox/ plays Stripe'],
  [
    'tests/money/accountant/x.ts',
    `import { a } from '@/lib/entitlements/access'\nexport const x = a`,
    'The accountant shares no rule',
  ],
  [
    'tests/money/accountant/x.ts',
    `import { a } from '@/lib/stripe/real-share'\nexport const x = a`,
    'The accountant shares no rule',
  ],
  [
    'e2e/x.ts',
    `import { a } from '@/lib/env'\nexport const x = a`,
    'e2e/ sees what a customer sees',
  ],
  [
    'lib/noun/verb.ts',
    `import { a } from '../other/verb'\nexport const x = a`,
    'Use ./ inside a folder',
  ],
  ['lib/noun/verb.ts', `export const x = process.env.HOME`, 'noProcessEnv'],
  ['lib/noun/verb.ts', `export const x: any = 1`, 'noExplicitAny'],
  ['lib/noun/verb.ts', `export const x = (y: string | null) => y!.length`, 'noNonNullAssertion'],
  ['lib/noun/verb.ts', `export default 1`, 'noDefaultExport'],
  ['lib/noun/verb.ts', `export * from './other'`, 'noBarrelFile'],
  ['lib/noun/verb.ts', `console.log(1)`, 'noConsole'],
  ['lib/noun/myFile.ts', `export const x = 1`, 'useFilenamingConvention'],
  ['lib/noun/verb.ts', 'export const x = 1\n'.repeat(251), 'noExcessiveLinesPerFile'],
]

const ALLOWED: readonly [path: string, source: string][] = [
  ['app/x.ts', `import { drain } from '@/lib/sync/drain'\nexport const x = drain`],
  ['lib/noun/verb.ts', `import { db } from '@/db/client'\nexport const x = db`],
  ['lib/noun/verb.ts', `import { a } from '@/lib/stripe/events'\nexport const x = a`],
  ['lib/stripe/x.ts', `import Stripe from 'stripe'\nexport const x = Stripe`],
  ['lib/auth/x.ts', `import { cookies } from 'next/headers'\nexport const x = cookies`],
  ['lib/noun/verb.test.ts', `import { a } from '@/sandbox/server'\nexport const x = a`],
  ['sandbox/x.ts', `import type Stripe from 'stripe'\nexport type X = Stripe.Event`],
  [
    'tests/money/accountant/x.ts',
    `import type { AccessPolicy } from '@/lib/catalog/access-policy'\nexport type X = AccessPolicy`,
  ],
  ['scripts/x.ts', `import { a } from '@/lib/env'\nexport const x = [a, process.env.HOME]`],
]

let house: string
let complaints: string[]

// One run over all of them, in a house of their own with our rules.
beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'ledgerline-walls-'))
  const rules = JSON.parse(readFileSync(join(ROOT, 'biome.json'), 'utf8'))
  plant('biome.json', JSON.stringify({ ...rules, vcs: { enabled: false } }))
  REFUSED.forEach(([path, source], i) => {
    plant(place('refused', path, i), `${source}\n`)
  })
  ALLOWED.forEach(([path, source], i) => {
    plant(place('allowed', path, i), `${source}\n`)
  })
  const options = ['--reporter=github', '--max-diagnostics=none', '--diagnostic-level=error']
  const [node, ...args] = tool('@biomejs/biome/bin/biome', 'lint', ...options)
  const { stdout } = spawnSync(node, args, { cwd: house, encoding: 'utf8' })
  complaints = stdout.split('\n').filter((line) => line.startsWith('::error'))
})

afterAll(() => rmSync(house, { recursive: true, force: true }))

it.each(REFUSED.map(([path, source, rule], i) => ({ path, source, rule, i })))(
  'lint keeps $path from $source',
  ({ path, rule, i }) => {
    expect(about(place('refused', path, i)).join('\n')).toContain(rule)
  },
)

it.each(ALLOWED.map(([path, source], i) => ({ path, source, i })))(
  'lint lets $path have $source',
  ({ path, i }) => {
    expect(about(place('allowed', path, i))).toEqual([])
  },
)

function about(path: string): string[] {
  return complaints.filter((line) => line.includes(`/${path},`))
}

// Each in a file of its own name, in the folder whose rules it is about.
function place(kind: string, path: string, i: number): string {
  return path.replace(/(verb|leaf|x)(?=\.)/, `${kind}-${i}`)
}

function plant(path: string, text: string): void {
  mkdirSync(dirname(join(house, path)), { recursive: true })
  writeFileSync(join(house, path), text)
}
