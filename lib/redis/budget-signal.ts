/**
 * Aborts once `milliseconds` have passed in which an answer could have been heard. A process that is busy hears
 * nothing, and finds its timers over before it looks at its sockets: with `AbortSignal.timeout` an answer that is
 * there already would count as none, and a burst of events would take a healthy Redis for a silent one.
 */
export function budgetSignal(milliseconds: number): AbortSignal {
  const controller = new AbortController()
  let left = SLICES
  const pass = () => {
    left -= 1
    if (left > 0) setTimeout(pass, milliseconds / SLICES).unref()
    // Timers come first in each turn of the loop, and this after its sockets.
    else
      setImmediate(() => controller.abort(new DOMException('No answer in time.', 'TimeoutError')))
  }
  setTimeout(pass, milliseconds / SLICES).unref()
  return controller.signal
}

// However long a process is busy at a stretch, it costs one of these: a request, its answer and the
// next fit in the rest.
const SLICES = 3
