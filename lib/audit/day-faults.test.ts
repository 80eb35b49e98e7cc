import { describe, expect, it } from 'vitest'
import { faultsOfDays } from './day-faults'
import { sealAnchor } from './seal'

const SECRET = 'a-secret-that-is-long-enough-to-be-one'
const EARLIER = 'an-earlier-one-that-is-long-enough-too!'
const NONE = new Map<string, string>()

describe('an anchor', () => {
  it('is trusted when its root can be computed again and its seal is ours', () => {
    expect(faultsOfDays([anchor('2026-11-20'), anchor('2026-11-21')], [SECRET], NONE)).toEqual([])
  })

  it('of an earlier key is trusted while that key is still given', () => {
    const old = { ...anchor('2026-11-20'), ...sealAnchor(anchor('2026-11-20'), EARLIER) }
    expect(faultsOfDays([old], [SECRET, EARLIER], NONE)).toEqual([])
    expect(faultsOfDays([old], [SECRET], NONE)).toEqual([{ day: old.day, kind: 'unknown_key' }])
  })

  // breakage: the heads that an anchor is over were changed | its root comes out otherwise: the verification names the day
  it('whose heads were changed is named', () => {
    const changed = { ...anchor('2026-11-20'), recomputed: 'other' }
    expect(faultsOfDays([changed], [SECRET], NONE)).toEqual([
      { day: '2026-11-20', kind: 'root_differs' },
    ])
  })

  // breakage: an anchor was written anew, with heads and root, by an attacker without the key | the seal does not fit: the verification names the day as forged
  it.each([
    ['a seal of another day', sealAnchor({ day: '2026-11-19', root: 'root' }, SECRET).mac],
    ['a seal of another length', 'ff'],
    ['a seal by another key', sealAnchor({ day: '2026-11-20', root: 'root' }, EARLIER).mac],
  ])('with %s is forged', (_, mac) => {
    const forged = { ...anchor('2026-11-20'), mac }
    expect(faultsOfDays([forged], [SECRET], NONE)).toEqual([{ day: '2026-11-20', kind: 'forged' }])
  })

  it('without a seal is named', () => {
    const bare = { ...anchor('2026-11-20'), mac: null, keyId: null }
    expect(faultsOfDays([bare], [SECRET], NONE)).toEqual([{ day: '2026-11-20', kind: 'unsealed' }])
  })

  // breakage: an anchor was deleted | the days have a hole: the verification names the missing day
  it('that is missing between two others is named', () => {
    const holed = [anchor('2026-11-29'), anchor('2026-12-01')]
    expect(faultsOfDays(holed, [SECRET], NONE)).toEqual([
      { day: '2026-11-30', kind: 'day_missing' },
    ])
  })

  // breakage: everything was rewritten by an attacker who has the database and the key | only a copy kept outside shows it: the verification names the first day that differs from it
  it('that differs from what was kept outside is named, even with a good seal', () => {
    const kept = new Map([['2026-11-20', 'the root of then']])
    expect(faultsOfDays([anchor('2026-11-20')], [SECRET], kept)).toEqual([
      { day: '2026-11-20', kind: 'kept_differs' },
    ])
  })

  it('that was kept outside and is gone is named', () => {
    const kept = new Map([['2026-11-22', 'root']])
    expect(faultsOfDays([anchor('2026-11-20')], [SECRET], kept)).toEqual([
      { day: '2026-11-22', kind: 'kept_missing' },
    ])
  })
})

function anchor(day: string) {
  return { day, root: 'root', recomputed: 'root', ...sealAnchor({ day, root: 'root' }, SECRET) }
}
