import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parseEnv } from '@/lib/env'
import { PRODUCTION } from '@/lib/env.fixture'
import { ROOT } from './stack/paths'

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const compose = read('compose.yaml')
const { scripts } = JSON.parse(read('package.json'))

const FILLED: Record<string, string> = {
  ...PRODUCTION,
  CRON_SECRET: 'k3W9x1Vb7Zq5Mn8Pc2Lf6Jt4Rh0Yd5Gs1UeOa',
  POSTGRES_PASSWORD: 'd41c0ffee',
  REDIS_TOKEN: 'AXlzZWNyZXQ',
}

it('what compose.yaml gives to the application is an environment that it starts with', () => {
  const [, block = ''] = /x-environment: &environment\n([\s\S]*?)\n\n/.exec(compose) ?? []
  const lines = [...block.matchAll(/^ {2}([A-Z_]+): (.*)$/gm)]
  const given = Object.fromEntries(lines.map(([, name = '', value = '']) => [name, filled(value)]))
  const env = parseEnv(given)
  expect([env.appEnv, env.redis.url, new URL(env.databaseUrl).hostname]).toEqual([
    ...['production', 'http://redis-rest', 'postgres'],
  ])
  expect(env.proxies).toEqual({ kind: 'hops', count: 1 })
})

it('what must be given stands in docs/how-to/self-host.md', () => {
  const page = read('docs/how-to/self-host.md')
  const needed = [...compose.matchAll(/\$\{([A-Z_]+):\?/g)].map(([, name]) => name)
  expect(needed.length).toBeGreaterThan(5)
  expect(needed.filter((name) => !page.includes(`${name}=`))).toEqual([])
})

it('the worker of compose.yaml is `npm run worker`, without an npm between it and its signals', () => {
  const [, command = ''] = /worker:[\s\S]*?command:\s*(\[[\s\S]*?\])/.exec(compose) ?? []
  expect(JSON.parse(command.replace(/,\s*\]/, ']')).join(' ')).toBe(scripts.worker)
})

it('the image runs as no root, is asked whether it lives, and is made by scripts that there are', () => {
  const image = read('Dockerfile')
  const [, last = ''] = image.split(/^FROM .* AS app$/m)
  expect(last).toMatch(/^USER node$/m)
  expect(last).toMatch(/^HEALTHCHECK /m)
  expect(last).toMatch(/^CMD \["node", "server\.js"\]$/m)
  const named = [...image.matchAll(/npm run ([\w:]+)|"npm", "run", "([\w:]+)"/g)].map(
    ([, a, b]) => a ?? b,
  )
  expect(named.filter((name) => !Object.hasOwn(scripts, `${name}`))).toEqual([])
  for (const path of image.matchAll(/^COPY (?!--)([\w. -]+) \.\/$/gm))
    for (const file of `${path[1]}`.split(' '))
      expect(existsSync(join(ROOT, file)), file).toBe(true)
})

it('no secret and no build of this machine gets into an image', () => {
  const ignored = read('.dockerignore').split('\n')
  for (const path of ['.env', '.env.*', '.data', '.git', 'node_modules', '.next'])
    expect(ignored).toContain(path)
})

function filled(value: string): string {
  return value.replace(/\$\{([A-Z_]+)(?::([?-])([^}]*))?\}/g, (_, name, kind, usual) =>
    kind === '-' ? usual : (FILLED[name] ?? ''),
  )
}
