import { CLOCK_OFFSET, changeAt, type Sandbox } from '@/sandbox/sandbox'

/** Moves business time forward by whole seconds, and lets everything due on the way happen. */
export function shiftClock(sandbox: Sandbox, seconds: number) {
  const { clock, scheduler } = sandbox
  clock.shift(seconds)
  // Before what is due happens: a process that is killed in the middle must not restart in the past of what happened.
  changeAt(sandbox, clock.now(), null, (tx) => {
    const value = String(clock.offset())
    if (tx.find('setting', CLOCK_OFFSET)) tx.edit('setting', CLOCK_OFFSET).value = value
    else tx.insert('setting', { id: CLOCK_OFFSET, value })
  })
  scheduler.settle()
}
