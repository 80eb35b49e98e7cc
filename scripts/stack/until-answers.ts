import { setTimeout as wait } from 'node:timers/promises'
import type { Child } from './children'

/**
 * Resolves when `url` answers over HTTP, with any status unless `accept` says which.
 * @throws when the process behind it ends first, or `seconds` pass
 */
export async function untilAnswers(
  url: string,
  child: Child,
  options: { seconds: number; accept?: (status: number) => boolean; init?: RequestInit },
): Promise<number> {
  const deadline = Date.now() + options.seconds * 1_000
  const accept = options.accept ?? (() => true)
  for (;;) {
    const status = await statusOf(url, deadline, options.init)
    if (status !== null && accept(status)) return status
    if (child.gone) throw new Error('it ended')
    if (Date.now() > deadline) {
      throw new Error(
        `${url} did not answer in ${options.seconds} s${status ? ` (${status})` : ''}`,
      )
    }
    await wait(25)
  }
}

async function statusOf(url: string, deadline: number, init?: RequestInit): Promise<number | null> {
  try {
    const signal = AbortSignal.timeout(Math.max(1, deadline - Date.now()))
    const response = await fetch(url, { redirect: 'manual', ...init, signal })
    await response.body?.cancel()
    return response.status
  } catch {
    return null
  }
}
