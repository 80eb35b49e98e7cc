import { expect, test } from 'vitest'
import { ENDPOINTS } from '@/sandbox/api/endpoints'
import { render } from '@/sandbox/objects/render'
import { startSandbox } from '@/sandbox/server'
import { directly } from '@/sandbox/test/fidelity/direct'
import { compareAll } from './table'
import { writtenFiles } from './written'

const compared = compareAll()

test('the table of unsupported parameters and the README say what the SDK and the endpoints say', () => {
  for (const { path, is, wanted } of writtenFiles())
    expect(is, `${path}: run \`npm run sandbox:parameters\``).toBe(wanted)
})

test('every endpoint is one that the SDK can ask', () => {
  const others = compared.filter(({ known }) => !known)
  expect(others.map(({ endpoint }) => `${endpoint.method} ${endpoint.path}`)).toEqual([])
})

test('no endpoint takes a parameter that Stripe does not have', () => {
  // Pages of `/v2` are asked for by an address, and not by what the types name.
  const invented = compared.filter(
    (row) => row.invented.length > 0 && !row.endpoint.path.startsWith('/v2/'),
  )
  expect(
    invented.map(
      ({ endpoint, invented: names }) => `${endpoint.method} ${endpoint.path}: ${names}`,
    ),
  ).toEqual([])
})

test('of every parameter that Stripe has, and every word, none is called unknown or invalid', async () => {
  const { sandbox, stop } = await startSandbox({ port: 0 })
  const call = directly(sandbox)
  const wrong: string[] = []
  for (const { endpoint, params, words } of compared) {
    const asked: [param: string, value: string][] = [
      ...params.map((param): [string, string] => [param, '1']),
      ...Object.entries(words).flatMap(([param, of]) =>
        of.map((word): [string, string] => [param, word]),
      ),
    ]
    for (const [param, value] of asked) {
      const path = endpoint.path.replaceAll(/:\w+/g, 'x')
      const answer = call(endpoint.method, path, { [param.replaceAll('[]', '[0]')]: value })
      const code = answer.ok ? 'ok' : answer.error.code
      if (code !== 'sandbox_unsupported') wrong.push(`${endpoint.path} ${param}=${value}: ${code}`)
    }
  }
  await stop()
  expect(wrong).toEqual([])
}, 120_000)

test('what Stripe answers and the sandbox does not is called unsupported, and nothing else is', async () => {
  const { url, stop } = await startSandbox({ port: 0 })
  const codeOf = async (path: string) => {
    const headers = { authorization: 'Bearer sk_test_local' }
    const response = await fetch(`${url}${path}`, { headers })
    return (await response.json()).error.code
  }
  expect(await codeOf('/v1/quotes')).toBe('sandbox_unsupported')
  expect(await codeOf('/v1/payment_links/plink_1')).toBe('sandbox_unsupported')
  expect(await codeOf('/v1/quips')).toBe(undefined)
  await stop()
})

test('what an object may lack can be expanded', async () => {
  const { sandbox, stop } = await startSandbox({ port: 0 })
  const coupon = directly(sandbox)('POST', '/v1/coupons', { percent_off: '10', duration: 'once' })
  const id = coupon.ok ? String(coupon.body.id) : ''
  const shown = sandbox.change(null, (tx) =>
    render(tx, tx.get('coupon', id), ['applies_to', 'currency_options']),
  )
  expect(shown).toMatchObject({ id })
  expect(() =>
    sandbox.change(null, (tx) => render(tx, tx.get('coupon', id), ['no_such_field'])),
  ).toThrow('cannot be expanded')
  await stop()
})

test('what Stripe does not have is unknown, everywhere', async () => {
  const { sandbox, stop } = await startSandbox({ port: 0 })
  const call = directly(sandbox)
  const wrong = ENDPOINTS.filter(({ method, path }) => {
    const answer = call(method, path.replaceAll(/:\w+/g, 'x'), { no_such_parameter: '1' })
    return answer.ok || answer.error.code !== 'parameter_unknown'
  })
  await stop()
  expect(wrong.map(({ path }) => path)).toEqual([])
})
