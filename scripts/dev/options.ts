import { parseArgs } from 'node:util'

export type DevOptions = {
  /** Start over with empty data. */
  fresh: boolean
  /** Where the app listens in the place of localhost. */
  host?: string
}

/**
 * The options of `npm run dev`. The variable HOSTNAME is none of them: containers and some
 * shells set it by themselves, and it would open the app to a network that was not asked for.
 * @throws a sentence that names those that there are
 */
export function readOptions(words: string[]): DevOptions {
  const { fresh = false, host } = parse(words)
  if (host?.trim() === '') throw refusal('--host needs a name.')
  return { fresh, ...(host === undefined ? {} : { host }) }
}

function parse(args: string[]) {
  try {
    const options = { fresh: { type: 'boolean' }, host: { type: 'string' } } as const
    return parseArgs({ args, options }).values
  } catch (error) {
    throw refusal(error instanceof Error ? (error.message.split(/\. |\n/)[0] ?? '') : String(error))
  }
}

function refusal(problem: string): Error {
  return new Error(`${problem.replace(/\.?$/, '.')} The options are --fresh and --host NAME.`)
}
