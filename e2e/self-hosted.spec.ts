import { expect, test } from '@playwright/test'
import { freePort } from '@/scripts/stack/ports'
import { SOAK } from '@/scripts/test/soaks'
import { SMALL } from './pages/plans'
import { askRaw, formOf, startServer } from './stack/server'

const PUBLIC = 'http://app.example.test'
let base: string
let server: ReturnType<typeof startServer>

// As a self-hoster runs it: behind something that calls it by another name than people do.
test.beforeAll(async () => {
  const port = await freePort(0)
  base = `http://127.0.0.1:${port}`
  server = startServer({ PORT: String(port), APP_URL: PUBLIC })
  const answers = () =>
    askRaw(`${base}/pricing`).then(
      ({ status }) => status,
      () => 0,
    )
  await expect.poll(answers, { timeout: 30_000 }).toBe(200)
})

test.afterAll(async () => {
  server.child.kill('SIGKILL')
  await server.exited
})

test('a form works behind a proxy that rewrites Host, and another site’s does not', async () => {
  const fields = { tier: SMALL.tier, interval: 'month' }
  const form = await formOf(`${base}/pricing`, 'name="interval"', fields)
  const post = (Host: string, Origin: string) =>
    askRaw(`${base}/pricing`, { ...form, headers: { ...form.headers, Host, Origin } })
  for (const host of ['app.example.test', 'internal-lb:8080', '10.0.0.7'])
    expect((await post(host, PUBLIC)).location).toContain(`/sign-in?plan=${SMALL.tier}`)
  expect((await post('internal-lb:8080', 'https://evil.example')).status).toBe(500)
})

test('a form at another address than APP_URL leaves a line that says what to set', async () => {
  const headers = { Origin: 'http://www.example.test', 'Sec-Fetch-Site': 'same-origin' }
  await askRaw(`${base}/pricing`, { method: 'POST', headers, body: '' })
  await expect.poll(server.output).toContain('set APP_URL to the address that people open')
})

test('captured mail is not read by a page that rebound its name to this machine', async () => {
  for (const Host of ['localhost', '127.0.0.1:1', 'app.example.test'])
    expect((await askRaw(`${base}/dev/mail`, { headers: { Host } })).status).toBe(200)
  for (const Host of ['evil.example', 'localhost.evil.example', '192.168.1.5'])
    for (const page of ['/dev/mail', '/dev/states'])
      expect((await askRaw(`${base}${page}`, { headers: { Host } })).status).toBe(404)
})

test(
  'a client that reaches the server directly gets no more sign-in mails by inventing addresses',
  SOAK,
  async () => {
    test.skip(process.platform !== 'linux', 'Only Linux has all of 127.0.0.0/8.')
    const form = await formOf(`${base}/sign-in`, 'name="email"', { email: 'ana@example.test' })
    const ask = async (n: number, from: string) => {
      const headers = { ...form.headers, Origin: PUBLIC, 'X-Forwarded-For': `198.51.100.${n}` }
      const body = form.body.replace('ana@', `ana-${from}-${n}@`)
      return (await askRaw(`${base}/sign-in`, { ...form, headers, body, from })).location
    }
    const answers: string[] = []
    for (let n = 0; n < 130; n += 1) answers.push(await ask(n, '127.0.0.66'))
    expect(answers.filter((to) => to.includes('sent=1'))).toHaveLength(100)
    expect(answers.filter((to) => to.includes('error=rate_limited'))).toHaveLength(30)
    expect(await ask(0, '127.0.0.67')).toContain('sent=1')
  },
)
