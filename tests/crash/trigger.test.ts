import { expect, test } from 'vitest'
import { takeAim } from './trigger'

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
  const aim = takeAim({ path: [asked, answered], last: 'held' }, new Set(['cus_1']), kill)
  expect(aim.see({ ...answered, text: 'cus_1' })).toBeUndefined()
  expect(aim.see({ ...asked, text: 'cus_1' })).toBeUndefined()
  expect(shots()).toBe(0)
  expect(await aim.see({ ...answered, text: 'cus_1' })).toBe('cut')
  await aim.fired
  expect(shots()).toBe(1)
})

test('what is said of another customer does not count', () => {
  const { kill, shots } = gun()
  const aim = takeAim({ path: [asked], last: 'held' }, new Set(['cus_1', 'evt_1']), kill)
  aim.see({ ...asked, text: 'cus_2 evt_2' })
  expect(shots()).toBe(0)
  aim.see({ ...asked, text: 'evt_1' })
  expect(shots()).toBe(1)
})

test('aimed at nobody, it takes whoever comes first and stays with them', () => {
  const { kill, shots } = gun()
  const aim = takeAim({ path: [answered, asked], last: 'held' }, new Set(), kill)
  aim.see({ ...answered, text: 'nobody' })
  aim.see({ ...answered, text: 'cus_7' })
  aim.see({ ...asked, text: 'cus_8' })
  expect(shots()).toBe(0)
  aim.see({ ...asked, text: 'cus_7' })
  expect(shots()).toBe(1)
})

test('what is meant to be late goes on its way when it is let go', async () => {
  const { kill } = gun()
  const aim = takeAim({ path: [asked], last: 'late' }, new Set(['cus_1']), kill)
  const held = aim.see({ ...asked, text: 'cus_1' })
  await aim.fired
  expect(await Promise.race([held, Promise.resolve('held')])).toBe('held')
  aim.release()
  expect(await held).toBeUndefined()
})
