import type { Command } from '@/scripts/redis/command'
import { counters } from './counters'
import { expiry } from './expiry'
import { hashes } from './hashes'
import { keysFamily } from './keys'
import { lists } from './lists'
import { server } from './server'
import { set } from './set'
import { sets } from './sets'
import { sortedSets } from './sorted-sets'
import { strings } from './strings'

/** Every command there is, by lower-case name. What is not here answers an error. */
export const COMMANDS: ReadonlyMap<string, Command> = new Map(
  [strings, set, counters, keysFamily, expiry, hashes, sets, lists, sortedSets, server].flatMap(
    (family) => Object.entries(family),
  ),
)
