/**
 * The commands of one request with each key under `namespace`, wherever it was not already. One Redis
 * may serve several databases, such as a test deployment's and production's: no key may mean the same
 * to two of them.
 * @param body what the client sends: one command, or a list of them
 * @throws {UnknownKeys} a command for which this file does not say where its keys are
 */
export function namespaced(body: unknown, namespace: string): unknown {
  if (!Array.isArray(body)) throw new UnknownKeys('nothing')
  const pipelined = body.every((part) => Array.isArray(part))
  return pipelined ? body.map((one) => ofOne(one, namespace)) : ofOne(body, namespace)
}

/** A mistake of ours, not a failure of Redis. */
export class UnknownKeys extends Error {
  override readonly name = 'UnknownKeys'
  constructor(command: string) {
    super(`Add ${command} to lib/redis/namespace.ts, with where it has its keys.`)
  }
}

// Those with one key, which comes first, and those with none.
const ONE_KEY = new Set([
  'get',
  'set',
  'incr',
  'incrby',
  'expire',
  'ttl',
  'delex',
  'zadd',
  'zscore',
])
const NO_KEY = new Set(['ping'])

function ofOne(command: unknown[], namespace: string): unknown[] {
  const [name, key, ...rest] = command
  const verb = String(name).toLowerCase()
  if (NO_KEY.has(verb)) return command
  if (!ONE_KEY.has(verb)) throw new UnknownKeys(verb)
  const own = String(key).startsWith(`${namespace}:`)
  return [name, own ? key : `${namespace}:${key}`, ...rest]
}
