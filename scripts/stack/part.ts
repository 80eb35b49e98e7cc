import { describeExit, type Exit } from './children'

/** One part of the stack: a service that we run, or one that was given. */
export type Part = {
  name: string
  /** What a person reads beside the name: where it comes from. */
  note: string
  /** The variables that the app needs to find it. */
  env: Record<string, string>
  /** Resolves with a sentence when it ends without being asked; never for a given one. */
  ended: Promise<string>
  stop(): Promise<void>
}

/** A part that runs elsewhere: its variables are in the environment already. */
export function givenPart(name: string, note: string): Part {
  return { name, note, env: {}, ended: new Promise(() => {}), stop: async () => {} }
}

/** The sentence for `Part.ended`, with the last thing that the part said. */
export async function exitMessage(
  name: string,
  exited: Promise<Exit>,
  tail: () => string,
): Promise<string> {
  const exit = await exited
  return `${name} ${describeExit(exit)}. It last said:\n${tail() || '(nothing)'}`
}
