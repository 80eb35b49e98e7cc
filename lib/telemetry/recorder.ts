import { AsyncLocalStorage } from 'node:async_hooks'
import { ROOT_CONTEXT, type Span, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api'
import type { Recorder } from '@/lib/span'
import { allowed } from './allowed'

/**
 * Writes spans with a tracer of OpenTelemetry's. What runs within another is its child, across whatever is
 * awaited. Nothing is registered for the whole process, so that spans of Next and of other packages, whose
 * addresses hold more than ids, are not made.
 */
export function spanRecorder(tracer: Tracer, flush: () => Promise<void>): Recorder {
  const open = new AsyncLocalStorage<Span>()
  const begin: Begin = (name, ids, startTime) => {
    const parent = open.getStore()
    const context = parent ? trace.setSpan(ROOT_CONTEXT, parent) : ROOT_CONTEXT
    const timed = startTime === undefined ? {} : { startTime }
    return tracer.startSpan(name, { attributes: allowed(ids), ...timed }, context)
  }
  return {
    async run(name, ids, work) {
      const span = begin(name, ids)
      try {
        return await open.run(span, work)
      } catch (error) {
        throw failed(span, error)
      } finally {
        span.end()
      }
    },
    runNow(name, ids, work) {
      const span = begin(name, ids)
      try {
        return open.run(span, work)
      } catch (error) {
        throw failed(span, error)
      } finally {
        span.end()
      }
    },
    past: (name, ids, from, to) => begin(name, ids, from).end(to),
    note: (ids) => void open.getStore()?.setAttributes(allowed(ids)),
    // A collector that is away is no failure of what was recorded.
    flush: () => flush().catch(() => {}),
  }
}

type Begin = (name: string, ids: Parameters<Recorder['note']>[0], startTime?: number) => Span

// Its message may quote anything; what it says is in the log.
function failed(span: Span, error: unknown): unknown {
  const name = error instanceof Error ? error.name : 'thrown'
  span.setStatus({ code: SpanStatusCode.ERROR }).setAttributes(allowed({ 'error.type': name }))
  return error
}
