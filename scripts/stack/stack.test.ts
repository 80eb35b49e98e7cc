import { expect, test } from 'vitest'
import { givenPart, type Part } from './part'
import { createStack } from './stack'

test('parts stop in the reverse order of their coming', async () => {
  const stopped: string[] = []
  const stack = createStack()
  for (const name of ['database', 'app']) await stack.bring(async () => part(name, stopped))
  await stack.stop()
  expect(stopped).toEqual(['app', 'database'])
})

test('a part that is still starting when another fails is stopped once it is up', async () => {
  const stopped: string[] = []
  const stack = createStack()
  let arrive: (part: Part) => void = () => {}
  const slow = new Promise<Part>((resolve) => {
    arrive = resolve
  })
  const all = Promise.all([
    stack.bring(() => slow),
    stack.bring(() => Promise.reject(new Error('no port'))),
  ])
  await expect(all).rejects.toThrow('no port')
  const end = stack.stop()
  arrive(part('database', stopped))
  await end
  expect(stopped).toEqual(['database'])
  await expect(stack.bring(async () => part('late', stopped))).rejects.toThrow('stopping')
})

test('a part that ends by itself is reported', async () => {
  const stack = createStack()
  const ended = Promise.resolve('Redis was killed by SIGKILL.')
  await stack.bring(async () => ({ ...givenPart('Redis', ''), ended }))
  expect(await stack.ended).toBe('Redis was killed by SIGKILL.')
})

function part(name: string, stopped: string[]): Part {
  return { ...givenPart(name, ''), stop: async () => void stopped.push(name) }
}
