import type { Watch } from '@/tests/harness/faults/wire'
import type { See } from './sighting'

// The functions of the event path. Whatever else an application asks of its database passes unseen.
const FUNCTIONS = /\b(ingest_event|claim_target|claim_due|apply_sync|fail_target)\(/g

type Link = { what: string; asked: string; running: boolean }

/**
 * Watches a wire to PostgreSQL and reports calls of the event path's functions: once when a call
 * is about to reach the server, and once when its answer is about to come back. A driver may name
 * the function in one message and run it in a later one; only running it counts.
 */
export function sqlCalls(see: See): Watch {
  const links = new Map<number, Link>()
  return (chunk, way, link) => {
    const text = chunk.toString('latin1')
    if (way === 'down') {
      const call = links.get(link)
      if (!call?.running) return
      links.delete(link)
      return see({ what: call.what, way, text: call.asked + text })
    }
    const what = nameOf(text)
    if (what) links.set(link, { what, asked: '', running: false })
    const call = links.get(link)
    if (!call || call.running) return
    call.asked += text
    if (!runs(chunk)) return
    call.running = true
    return see({ what: call.what, way, text: call.asked })
  }
}

/** Several calls in one statement have a name of their own. */
function nameOf(text: string): string | undefined {
  const [first, second] = text.matchAll(FUNCTIONS)
  return first && second ? `several ${first[1]}` : first?.[1]
}

/** Whether a chunk of the protocol holds an Execute or a simple Query: one byte of type, four of length. */
function runs(chunk: Buffer): boolean {
  for (let at = 0; at + 5 <= chunk.length; at += 1 + chunk.readUInt32BE(at + 1)) {
    const type = String.fromCharCode(chunk[at] ?? 0)
    if (type === 'E' || type === 'Q') return true
  }
  return false
}
