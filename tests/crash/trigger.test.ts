import { expect, test } from 'vitest'
import { setTrigger } from './trigger'

const asked = { what: 'apply_sync', way: 'up' as const }
const answered = { what: 'apply_sync', way: 'down' as const }

function gun() {
  let shots = 0
  const kill = async () => {
    shots += 1
  }
  return { kill, shots: () => shots }
}

test('it kills at the end of the path, and drops what it saw there', async () => {
  const { kill, shots } = gun()
  const trigger = setTrigger({ path: [asked, answered], last: 'held' }, new Set(['cus_1']), kill)
  expect(trigger.see({ ...answered, text: 'cus_1' })).toBeUndefined()
  expect(trigger.see({ ...asked, text: 'cus_1' })).toBeUndefined()
  expect(shots()).toBe(0)
  expect(await trigger.see({ ...answered, text: 'cus_1' })).toBe('cut')
  await trigger.fired
  expect(shots()).toBe(1)
})

test('what a step holds does not arrive before the server is dead', async () => {
  const { kill, shots } = gun()
  const path = [{ ...asked, holds: true as const }, answered]
  const trigger = setTrigger({ path, last: 'held' }, new Set(['cus_1']), kill)
  const held = trigger.see({ ...asked, text: 'cus_1' })
  expect(await Promise.race([held, 'held'])).toBe('held')
  await trigger.see({ ...answered, text: 'cus_1' })
  expect([await held, shots()]).toEqual(['cut', 1])
})

test('what is said of another customer does not count', () => {
  const { kill, shots } = gun()
  const trigger = setTrigger({ path: [asked], last: 'held' }, new Set(['cus_1', 'evt_1']), kill)
  trigger.see({ ...asked, text: 'cus_2 evt_2' })
  expect(shots()).toBe(0)
  trigger.see({ ...asked, text: 'evt_1' })
  expect(shots()).toBe(1)
})

test('without ids, it takes the first customer that it sees and stays with them', () => {
  const { kill, shots } = gun()
  const trigger = setTrigger({ path: [answered, asked], last: 'held' }, new Set(), kill)
  trigger.see({ ...answered, text: 'no id' })
  trigger.see({ ...answered, text: 'cus_7' })
  trigger.see({ ...asked, text: 'cus_8' })
  expect(shots()).toBe(0)
  trigger.see({ ...asked, text: 'cus_7' })
  expect(shots()).toBe(1)
})

test('what is meant to be late goes on its way when it is let go', async () => {
  const { kill } = gun()
  const trigger = setTrigger({ path: [asked], last: 'late' }, new Set(['cus_1']), kill)
  const held = trigger.see({ ...asked, text: 'cus_1' })
  await trigger.fired
  expect(await Promise.race([held, Promise.resolve('held')])).toBe('held')
  trigger.release()
  expect(await held).toBeUndefined()
})
