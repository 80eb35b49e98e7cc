/**
 * Puts the addresses and secrets of this worker's own stack into its environment. Stories hold
 * deliveries back and move clocks on: those that run at the same time must not share a stack.
 * @returns how many stacks, and so how many workers, there are
 */
export function takeOwnStack(): number {
  const stacks: Record<string, string>[] = JSON.parse(process.env.E2E_STACKS ?? '[]')
  // Playwright's: the place among those that run at the same time, kept when a worker is replaced.
  const place = Number(process.env.TEST_PARALLEL_INDEX ?? 0)
  Object.assign(process.env, stacks[place])
  return Math.max(1, stacks.length)
}
