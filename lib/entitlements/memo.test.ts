import { expect, test } from 'vitest'
import { NOW, WORKSPACE } from '@/lib/sync/rows.fixture'
import { newWorkspaceId } from '@/lib/workspaces/someone.fixture'
import { answerOf } from './answer'
import { afterRequest, forgetInRequest, inOneRequest, onceInRequest } from './memo'

const FREE = answerOf({ entitlement: null, overrides: [], subscriptions: [] }, NOW)

function reader() {
  const asked = { times: 0 }
  const read = async () => {
    asked.times += 1
    return FREE
  }
  return { asked, read }
}

test('one request reads a workspace once, however many ask at the same time', async () => {
  const { asked, read } = reader()
  await inOneRequest(async () => {
    await Promise.all([1, 2, 3].map(() => onceInRequest(WORKSPACE, read)))
    await inOneRequest(() => onceInRequest(WORKSPACE, read))
  })
  expect(asked.times).toBe(1)
})

test('two requests at the same time each read for themselves, and so do two workspaces', async () => {
  const { asked, read } = reader()
  const ask = () => inOneRequest(() => onceInRequest(WORKSPACE, read))
  await Promise.all([ask(), ask()])
  await inOneRequest(async () => {
    await onceInRequest(WORKSPACE, read)
    await onceInRequest(newWorkspaceId(), read)
  })
  expect(asked.times).toBe(4)
})

test('outside of a request nothing is kept', async () => {
  const { asked, read } = reader()
  await onceInRequest(WORKSPACE, read)
  await onceInRequest(WORKSPACE, read)
  expect(asked.times).toBe(2)
})

test('a read that failed, and one that was forgotten, are asked again', async () => {
  const { asked, read } = reader()
  await inOneRequest(async () => {
    const fails = () => Promise.reject(new Error('away'))
    await expect(onceInRequest(WORKSPACE, fails)).rejects.toThrow('away')
    await onceInRequest(WORKSPACE, read)
    forgetInRequest(WORKSPACE)
    await onceInRequest(WORKSPACE, read)
  })
  expect(asked.times).toBe(2)
})

test('what a request leaves for later is handed over, and not begun before it is answered', async () => {
  const left: (() => Promise<void>)[] = []
  const done: string[] = []
  const task = async () => void done.push('kept')
  await inOneRequest(
    // One edge inside of another: the outer one answers.
    () => inOneRequest(async () => afterRequest(task)),
    (later) => left.push(later),
  )
  expect(done).toEqual([])
  for (const later of left) await later()
  expect(done).toEqual(['kept'])
})

test('outside of a request nothing is left for later', async () => {
  const done: string[] = []
  afterRequest(async () => void done.push('kept'))
  expect(done).toEqual(['kept'])
})
