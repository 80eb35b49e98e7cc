import { executionAsyncResource } from 'node:async_hooks'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { ambient } from './ambient'

const patience = ambient<number>(Symbol('patience'))
const request = ambient<string>(Symbol('request'))

test('what a call runs with is known to all that it awaits, and to nothing beside it', async () => {
  const asked = async () => {
    await turn()
    return patience.get()
  }
  const [one, other] = await Promise.all([patience.run(1, asked), patience.run(2, asked)])
  expect([one, other, patience.get()]).toEqual([1, 2, undefined])
})

test('one of them within another leaves that as it is, and hides only what has its own key', () => {
  patience.run(1, () => {
    request.run('a', () => {
      patience.run(2, () => expect([patience.get(), request.get()]).toEqual([2, 'a']))
      expect([patience.get(), request.get()]).toEqual([1, 'a'])
    })
    expect(request.get()).toBeUndefined()
  })
})

test('two bundles that name the same have the same', () => {
  const [pages, routes] = [0, 1].map(() => ambient<string>(Symbol.for('test.shared')))
  pages?.run('read', () => expect(routes?.get()).toBe('read'))
})

test('however many there are, Node hands on one storage', async () => {
  const storages = async () => {
    await turn()
    return Object.getOwnPropertySymbols(executionAsyncResource()).length
  }
  const one = await patience.run(1, storages)
  expect(await patience.run(1, () => request.run('a', storages))).toBe(one)
})
