import { describe, expect, test } from 'vitest'
import { NOTE_SECONDS, type Note, openNote, sealNote } from './note'

const NOTE: Note = {
  code: 'conflict',
  reason: 'checkout_opening',
  ref: '0123abcd',
  inLog: true,
  wait: 240,
  typed: 'ana@exmaple',
}
const OURS = { secret: 'a-secret-of-ours', session: 'session-of-ana', now: 1_800_000_000_000 }
const sealed = sealNote(NOTE, OURS)
const [body = '', mac = ''] = sealed.split('.')

test('a note is read as it was written, by the browser session that it was written for', () => {
  expect(openNote(sealed, OURS)).toEqual(NOTE)
  const signedOut = { ...OURS, session: null }
  expect(openNote(sealNote(NOTE, signedOut), signedOut)).toEqual(NOTE)
})

describe('nothing is read from a note', () => {
  test.each([
    ['of another session', { ...OURS, session: 'session-of-bob' }],
    ['of a session that has ended', { ...OURS, session: null }],
    ['sealed with another secret', { ...OURS, secret: 'another-secret' }],
    ['that is over', { ...OURS, now: OURS.now + NOTE_SECONDS * 1000 + 1 }],
    ['from the future', { ...OURS, now: OURS.now - 6_000 }],
  ])('%s', (_, binding) => {
    expect(openNote(sealed, binding)).toBeNull()
  })

  const forged = Buffer.from(JSON.stringify({ ...NOTE, reason: 'card_declined', at: OURS.now }))
  test.each([
    ['that is empty', ''],
    ['without a seal', body],
    ['with an empty seal', `${body}.`],
    ['with half a seal', `${body}.${mac.slice(0, 20)}`],
    ['with the seal of another note', `${forged.toString('base64url')}.${mac}`],
    ['whose body was altered', `${body.slice(0, -1)}A.${mac}`],
    ['that is written by hand', 'Pay here: https://evil.example'],
    ['that is a text in JSON', JSON.stringify(NOTE)],
  ])('%s', (_, text) => {
    expect(openNote(text, OURS)).toBeNull()
  })

  test.each(Array.from({ length: mac.length }, (_, place) => place))(
    'whose seal differs in its character %i',
    (place) => {
      const other = mac[place] === 'A' ? 'Q' : 'A'
      const altered = `${mac.slice(0, place)}${other}${mac.slice(place + 1)}`
      // The last character has bits that are not part of the seal.
      const isSame = Buffer.from(altered, 'base64url').equals(Buffer.from(mac, 'base64url'))
      expect(openNote(`${body}.${altered}`, OURS)).toEqual(isSame ? NOTE : null)
    },
  )

  test('with a reason that this version does not have', () => {
    // The cast is what another version would have written.
    const note = { ...NOTE, reason: 'of_next_year' } as unknown as Note
    expect(openNote(sealNote(note, OURS), OURS)).toBeNull()
  })
})
