import { messageReader } from './postgres-messages'
import type { Watch } from './wire'

/**
 * Cuts once, the connection that carries a statement with `words` in it: `before` Postgres gets it,
 * or `after` it is committed and its result is on the way back.
 */
export function cutAt(words: string, when: 'before' | 'after'): Watch {
  let armed: number | null = null
  let done = false
  let read = messageReader({ greeting: false })
  return (chunk, way, connection) => {
    if (done) return undefined
    if (way === 'up' && armed === null && chunk.includes(words)) {
      armed = connection
      read = messageReader({ greeting: false })
      done = when === 'before'
      return done ? 'cut' : undefined
    }
    if (way !== 'down' || connection !== armed) return undefined
    // ReadyForQuery: what was asked is over and, outside of a transaction, committed.
    done = read(chunk).some(({ type }) => type === 'Z')
    return done ? 'cut' : undefined
  }
}
