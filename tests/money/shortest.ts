import { type Life, live, type Told } from './life'

/** The fewest moves with which a life still ends wrong: each is left out in turn, until none can be. */
export async function shortest(life: Life): Promise<Told> {
  let told = await live(life)
  let shorter: Told | undefined = told
  while (shorter) {
    told = shorter
    shorter = await oneLess(life, told.moves)
  }
  return told
}

async function oneLess(life: Life, moves: readonly number[]): Promise<Told | undefined> {
  for (const left of moves.toReversed()) {
    const told = await live({ ...life, only: moves.filter((each) => each !== left) })
    if (told.wrongs.length > 0) return told
  }
  return undefined
}
