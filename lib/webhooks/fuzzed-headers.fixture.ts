import { type Random, seeded } from '@/tests/simulation/random'
import { hmac } from './signed.fixture'

/** A delivery that a forger copies from: what was signed, with what, and when. */
export type Original = { body: Uint8Array; secret: string; at: number }

/**
 * Headers that no sender with the secret would send with this body now: mixes of the right pieces,
 * well-formed headers of something else, and the right header broken in one place or more. No end.
 */
export function* fuzzedHeaders(seed: number, original: Original): Generator<string> {
  const random = seeded(seed)
  const kitchen = kitchenOf(original)
  while (true) {
    const make = random.pick([soup, soup, elsewhere, edited, broken, broken])
    yield make(random, kitchen)
  }
}

type Kitchen = ReturnType<typeof kitchenOf>

function kitchenOf({ body, secret, at }: Original) {
  const good = hmac(body, secret, at)
  const others = [
    hmac('{}', secret, at),
    hmac(body, `${secret}x`, at),
    hmac(body, secret, at - 301),
    hmac(body, '', at),
    '0'.repeat(64),
  ] as const
  return { at, good, others, right: `t=${at},v1=${good}` }
}

/** Pieces of the grammar in any number and order; the right signature is never whole among them. */
function soup(random: Random, { at, good, others }: Kitchen): string {
  const parts = Array.from({ length: random.between(0, 9) }, () => {
    const scheme = random.pick(['t', 'v1', 'v1', 'v0', 'v2', 'V1', 'v11', '', 't1', 'x'])
    const sign = random.pick(['=', '=', '=', '', '==', ' =', ':'])
    const value = random.pick([
      String(at),
      String(at + random.between(-400, 400)),
      random.pick(others),
      random.pick(others).slice(random.between(0, 64)),
      good.slice(random.between(1, 32)),
      text(random),
      '',
    ])
    return scheme + sign + value
  })
  return parts.join(random.pick([',', ',', ', ', ';', ',,', ' ']))
}

/** As Stripe would write it, of another body, secret or time. */
function elsewhere(random: Random, { at, others }: Kitchen): string {
  const marks = Array.from(
    { length: random.between(1, 5) },
    () => `${random.pick(['v1', 'v1', 'v0'])}=${random.pick(others)}`,
  )
  return [`t=${at + random.between(-300, 300)}`, ...marks].join(',')
}

/** One of those, bent: the bending cannot make it right. */
function edited(random: Random, kitchen: Kitchen): string {
  let header = elsewhere(random, kitchen)
  for (let edits = random.between(1, 4); edits > 0; edits--) header = bend(random, header)
  return header
}

/** The right header with something that must be there taken away, or something that must not, added. */
function broken(random: Random, { at, good, right }: Kitchen): string {
  const place = random.between(0, 63)
  const digit = '0123456789abcdef'.replace(good.charAt(place), '')
  const wrong = good.slice(0, place) + digit.charAt(random.between(0, 14)) + good.slice(place + 1)
  const other = at + random.pick([-1, 1]) * random.between(1, 100_000)
  return random.pick([
    `t=${at},v1=${wrong}`,
    `t=${at},v1=${good.slice(0, place)}${good.slice(place + 1)}`,
    `t=${at},v1=${good}${good.charAt(place)}`,
    `t=${other},v1=${good}`,
    `t=${at},t=${other},v1=${good}`,
    `t=${other},t=${at},v1=${good}`,
    `t=${at}${text(random)}!,v1=${good}`,
    `t=${at},v0=${good}`,
    `v1=${good}`,
    `t=${at}`,
    `t=${at},v1=${wrong},v1=${good.toUpperCase()}`,
    right.replace(',', random.pick([', ', ' ,', ';', '\n', '\t', ',,', '\0'])),
    `${right},${random.pick(['v1=', 'v1', 'v1=zz', 't=', '=', ' ', ''])}`,
    `t=${at}${`,v1=${wrong}`.repeat(random.between(5, 12))},v1=${good}`,
    `${right},v2=${'a'.repeat(random.between(1024, 4096))}`,
  ])
}

function bend(random: Random, header: string): string {
  const place = random.between(0, header.length)
  const [before, after] = [header.slice(0, place), header.slice(place)]
  return random.pick([
    before + text(random) + after,
    before + after.slice(random.between(1, 8)),
    before + after + before,
    after + before,
    before + random.pick([',', '=', 't=', ',v1=', '\0', '０']) + after,
    before + before.slice(-random.between(1, 8)) + after,
  ])
}

function text(random: Random): string {
  const codes = Array.from({ length: random.between(0, 12) }, () =>
    random.chance(0.8) ? random.between(0x20, 0x7e) : random.between(0, 0xffff),
  )
  return String.fromCharCode(...codes)
}
