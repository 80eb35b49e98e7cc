import type { Command, Reply } from './command'
import { COMMANDS } from './commands/table'
import { RedisError, wrongArity } from './error'
import type { Keyspace } from './keyspace'

export type Outcome = { result: Reply } | { error: string }

/** Runs one command to its end, in one tick: nothing else can see it half done. */
export function execute(keys: Keyspace, words: string[]): Outcome {
  return outcome(() => {
    const [name = '', ...rest] = words
    return find(name, words.length).run(keys, rest)
  })
}

/**
 * MULTI … EXEC. A command that could not even be queued (unknown, wrong number of words) discards
 * the whole transaction; one that fails while running leaves the others done, as in Redis.
 * @throws {RedisError} EXECABORT
 */
export function executeAtomically(keys: Keyspace, commands: string[][]): Outcome[] {
  const refused = commands.some((words) => 'error' in outcome(() => check(words)))
  if (refused) {
    throw new RedisError('EXECABORT Transaction discarded because of previous errors.')
  }
  return commands.map((words) => execute(keys, words))
}

function check(words: string[]): null {
  find(words[0] ?? '', words.length)
  return null
}

function find(name: string, length: number): Command {
  const command = COMMANDS.get(name.toLowerCase())
  if (!command) {
    throw new RedisError(
      `ERR unknown command '${name.slice(0, 128)}': it is not part of this embedded subset`,
    )
  }
  const { arity } = command
  if (arity < 0 ? length < -arity : length !== arity) throw wrongArity(name.toLowerCase())
  return command
}

function outcome(run: () => Reply): Outcome {
  try {
    return { result: run() }
  } catch (error) {
    if (error instanceof RedisError) return { error: error.message }
    throw error
  }
}
