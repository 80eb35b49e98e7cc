import { expect, test } from 'vitest'
import { directly } from '@/sandbox/fidelity/direct'
import { ENDPOINTS } from '@/sandbox/resources/endpoints'
import { startSandbox } from '@/sandbox/server'
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
      const told = answer.ok ? 'ok' : answer.error.code
      if (told !== 'sandbox_unsupported') wrong.push(`${endpoint.path} ${param}=${value}: ${told}`)
    }
  }
  await stop()
  expect(wrong).toEqual([])
}, 120_000)

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
