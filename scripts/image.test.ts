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
  const given = Object.fromEntries([...written()].map(([name, value]) => [name, filled(value)]))
  const env = parseEnv(given)
  expect([env.appEnv, env.redis.url, new URL(env.databaseUrl).hostname]).toEqual([
    ...['production', 'http://redis-rest', 'postgres'],
  ])
  expect(env.proxies).toEqual({ kind: 'hops', count: 1 })
})

it.each(['app', 'worker', 'migrate'])(
  'every variable of .env.example that stands in .env reaches the container of %s, or is what the containers bring',
  (service) => {
    const block = new RegExp(`^  ${service}:\\n((?: {4}.*\\n)+)`, 'm').exec(compose)?.[1] ?? ''
    const [, file] = /^x-env-file: &env-file\n((?: {2}.*\n)+)/m.exec(compose) ?? []
    // Where all of it is in the shell there may be no file.
    expect(file).toBe('  - path: .env\n    required: false\n')
    expect(block).toContain('env_file: *env-file\n')
    expect(block).toContain('environment: *environment\n')

    const names = [...read('.env.example').matchAll(/^# ([A-Z_]+)=/gm)].map(([, name]) => `${name}`)
    expect(names).toEqual(expect.arrayContaining(['AUDIT_SECRET', 'AUTH_GITHUB_ID']))
    const own = names.filter((name) => written().get(name) === undefined)
    const derived = names.filter((name) => {
      const value = written().get(name)
      return value !== undefined && !value.startsWith(`\${${name}:`)
    })
    expect(own).toContain('METRICS_TOKEN')
    expect(derived).toEqual([
      ...['DATABASE_URL', 'DIRECT_DATABASE_URL'],
      ...['UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN'],
    ])
  },
)

it('the key of actions reaches the build, which is when Next reads it', () => {
  const key = 'NEXT_SERVER_ACTIONS_ENCRYPTION_KEY'
  expect(compose).toContain(`args: { ${key}: "\${${key}:-}" }`)
  const build = /^FROM dependencies AS build\n([\s\S]*?)^FROM/m.exec(read('Dockerfile'))?.[1] ?? ''
  expect(build.indexOf(`ARG ${key}`)).toBeGreaterThan(-1)
  expect(build.indexOf(`ARG ${key}`)).toBeLessThan(build.indexOf('RUN npm run build'))
})

it('migrations go to the database that is served, whatever .env says', () => {
  expect(written().get('DIRECT_DATABASE_URL')).toBe(written().get('DATABASE_URL'))
})

it('each image that compose.yaml fetches is of one version, down to the patch', () => {
  const images = [...compose.matchAll(/^ +image: (\S+)$/gm)].map(([, image]) => `${image}`)
  expect(images.length).toBe(3)
  const loose = images.filter((image) => !/:(\d+\.\d+\.\d+|1\d\.\d+)(-[a-z]+)?$/.test(image))
  expect(loose).toEqual([])
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

/** What compose.yaml itself writes into the environment, over what the file gives. */
function written(): Map<string, string> {
  const [, block = ''] = /x-environment: &environment\n([\s\S]*?)\n\n/.exec(compose) ?? []
  const lines = [...block.matchAll(/^ {2}([A-Z_]+): (?:&\w+ )?(.*)$/gm)]
  const said = new Map(lines.map(([, name = '', value = '']) => [name, value]))
  const anchors = new Map(
    [...block.matchAll(/: &(\w+) (.*)$/gm)].map(([, name = '', value = '']) => [`*${name}`, value]),
  )
  return new Map([...said].map(([name, value]) => [name, anchors.get(value) ?? value]))
}

function filled(value: string): string {
  return value.replace(/\$\{([A-Z_]+)(?::([?-])([^}]*))?\}/g, (_, name, kind, usual) =>
    kind === '-' ? usual : (FILLED[name] ?? ''),
  )
}
