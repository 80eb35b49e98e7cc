/** What must stand nowhere, by what it is: a name for the report, and the text itself. */
export type Hidden = { what: string; text: string }

/** What of it stands in a text, and whatever else looks like a key or a card; each by what it is, never as it is. */
export function leaksIn(text: string, hidden: readonly Hidden[]): string[] {
  const known = hidden.filter((each) => text.includes(each.text)).map(({ what }) => what)
  const looks = LOOKS.filter(([, pattern]) => pattern.test(text)).map(([what]) => what)
  const numbers = text.match(CARD) ?? []
  const cards = numbers.some((number) => isCard(number.replaceAll(/\D/g, '')))
  return [...new Set([...known, ...looks, ...(cards ? ['a card’s number'] : [])])].toSorted()
}

const LOOKS: readonly [what: string, pattern: RegExp][] = [
  ['an API key', /\bll_(live|test)_[0-9A-Za-z]{20,}/],
  // A name may be said, such as that of a variable; what follows the prefix is the secret.
  ['a key of Stripe', /\b[sr]k_(live|test)_[0-9A-Za-z]{8,}/],
  ['a webhook secret', /\bwhsec_[0-9A-Za-z+/]{8,}/],
  ['a signature', /\bv1=[0-9a-f]{64}/],
  ['a session', /session-token=[0-9A-Za-z-]{8,}/],
  ['an address of Postgres', /\bpostgres(ql)?:\/\/\w/],
]

// As it is printed on a card, or without its spaces; not in the midst of a longer number or word.
const CARD = /(?<![\w.-])[3-6]\d{3}([ -]?)\d{4}\1\d{4}\1\d{3,4}(?![\w.-])/g

// Luhn's check, which every card's number passes and one of ten others.
function isCard(digits: string): boolean {
  const sum = [...digits].toReversed().reduce((all, digit, place) => {
    const doubled = Number(digit) * (place % 2 === 1 ? 2 : 1)
    return all + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}
