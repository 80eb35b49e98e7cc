import type { Keyspace } from './keyspace'

/** What a command answers. Integers are numbers; every text of Redis is a string. */
export type Reply = string | number | null | Reply[]

export type Command = {
  /** As Redis counts: with the name itself; negative means "at least". */
  arity: number
  /** `words` comes without the command's name. @throws {RedisError} */
  run(keys: Keyspace, words: string[]): Reply
}

/** Commands of one family, by lower-case name. */
export type Family = Record<string, Command>
