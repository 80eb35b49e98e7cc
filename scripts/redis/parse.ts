import { RedisError } from './error'

/** One command: a JSON array of texts, numbers and booleans. @throws {RedisError} */
export function parseCommand(body: unknown): string[] {
  if (!Array.isArray(body) || body.length === 0) {
    throw new RedisError('ERR failed to parse command: send a JSON array such as ["SET","k","v"]')
  }
  return body.map(text)
}

/** Several commands: a JSON array of the above. @throws {RedisError} */
export function parseCommands(body: unknown): string[][] {
  if (!Array.isArray(body) || body.length === 0) {
    throw new RedisError('ERR failed to parse pipeline request: send a JSON array of commands')
  }
  return body.map(parseCommand)
}

// Redis holds bytes. What JSON can say and UTF-8 cannot (half a surrogate pair) becomes U+FFFD
// here, where they enter, so that equal bytes are equal strings everywhere behind it.
function text(word: unknown): string {
  if (typeof word === 'string') return Buffer.from(word).toString()
  if (typeof word === 'number' || typeof word === 'boolean') return String(word)
  throw new RedisError('ERR failed to parse command: only texts, numbers and booleans are allowed')
}
