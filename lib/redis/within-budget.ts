/**
 * Runs `work` with a signal that aborts once `milliseconds` have passed in which an answer could have been heard. A
 * process that is busy hears nothing, and finds its timers over before it looks at its sockets: with
 * `AbortSignal.timeout` an answer that is there already would count as none, and a burst of events would take a
 * healthy Redis for a silent one. Nothing is left behind: no timer, and no abort of what was answered.
 * @throws {DOMException} `TimeoutError`, when the time has passed and `work` answers all the same
 */
export async function withinBudget<T>(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController()
  let left = SLICES
  let stop = () => {}
  const wait = () => {
    const timer = setTimeout(pass, milliseconds / SLICES).unref()
    stop = () => clearTimeout(timer)
  }
  const pass = () => {
    left -= 1
    if (left > 0) return wait()
    // Timers come first in each turn of the loop, and this after its sockets.
    const last = setImmediate(() =>
      controller.abort(new DOMException('No answer in time.', 'TimeoutError')),
    )
    stop = () => clearImmediate(last)
  }
  wait()
  try {
    const answer = await work(controller.signal)
    // A client may answer for a request that was aborted, as Upstash's does for one kind of signal.
    controller.signal.throwIfAborted()
    return answer
  } finally {
    stop()
  }
}

// However long a process is busy at a stretch, it costs one of these: a request, its answer and the
// next fit in the rest.
const SLICES = 3
