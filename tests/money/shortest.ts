import { type Life, live, type Outcome } from './life'

/** The fewest actions with which a life still ends wrong: each is left out in turn, until none can be. */
export async function shortest(life: Life): Promise<Outcome> {
  let outcome = await live(life)
  let shorter: Outcome | undefined = outcome
  while (shorter) {
    outcome = shorter
    shorter = await oneLess(life, outcome.actions)
  }
  return outcome
}

async function oneLess(life: Life, actions: readonly number[]): Promise<Outcome | undefined> {
  for (const left of actions.toReversed()) {
    const outcome = await live({ ...life, only: actions.filter((each) => each !== left) })
    if (outcome.wrongs.length > 0) return outcome
  }
  return undefined
}
