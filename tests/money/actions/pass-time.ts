import type { Person } from '@/tests/money/person'

/**
 * Lets time pass, and everything that is due on the way; `look` is called after each thing that
 * happens, until it sees something wrong.
 */
export async function passTime(person: Person, seconds: number, look: () => Promise<boolean>) {
  person.actions.push(`${(seconds / 3600).toFixed(2)} hours pass`)
  await takeBreath(person, seconds, look)
  await look()
}

/** As `passTime`, and not worth a word: no customer does two things in the same second. */
export async function takeBreath(
  { account, now }: Person,
  seconds: number,
  look: () => Promise<boolean>,
) {
  const end = now() + seconds
  while (account.step(end)) if (!(await look())) return
  account.moveTo(end)
}
