import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { BRAND } from './brand'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

// Each goes into a hash, or is a name that no customer sees: a new brand must not change it.
const STAYS: Record<string, string> = {
  'lib/auth/known-network.ts': 'what the networks of sign-ins are hashed with',
  'lib/seal.ts': 'what forms and refusals are sealed with',
  'lib/audit/seal.ts': 'what the key of the audit anchors is drawn from',
}

describe('the brand', () => {
  it('stands in lib/brand.ts, and its name nowhere else in app/ and lib/', () => {
    const named = sources().filter((path) => NAME.test(readFileSync(`${ROOT}${path}`, 'utf8')))
    const allowed = ['lib/brand.ts', ...Object.keys(STAYS)]
    expect(named.filter((path) => !allowed.includes(path))).toEqual([])
  })

  it('has its addresses and colors nowhere else in app/ and lib/ either', () => {
    const { colors, supportEmail, sender } = BRAND
    const own = [
      ...Object.values(colors).flatMap(({ light, dark }) => [light, dark]),
      ...[supportEmail, sender].flatMap((one) => one ?? []),
    ]
    const elsewhere = sources().filter((path) => {
      const text = readFileSync(`${ROOT}${path}`, 'utf8').toLowerCase()
      return path !== 'lib/brand.ts' && own.some((one) => text.includes(one.toLowerCase()))
    })
    expect(elsewhere).toEqual([])
  })

  it.each(['light', 'dark'] as const)('can be read in %s colors', (theme) => {
    const { paper, accent, onAccent } = BRAND.colors
    expect(contrast(accent[theme], paper[theme])).toBeGreaterThanOrEqual(4.5)
    expect(contrast(onAccent[theme], accent[theme])).toBeGreaterThanOrEqual(4.5)
  })

  it('has a name at Stripe that fits into metadata and lookup keys', () => {
    for (const name of Object.values(BRAND.stripe)) expect(name).toMatch(/^[a-z][a-z\d_]{0,39}$/)
  })

  it('sends from one address, and links to nothing but https://', () => {
    expect(BRAND.sender).toMatch(/^[^<>]+ <[^\s<>@]+@[^\s<>@]+>$/)
    for (const link of Object.values(BRAND.legal)) expect(link ?? 'https://').toMatch(/^https:\/\//)
  })
})

// As a word, or as the first part of a key; `ledgerlinePool` is a name in our code and no brand.
const NAME = new RegExp(`\\b(${BRAND.name}|${BRAND.stripe.app})(\\b|_)`)

function sources(): string[] {
  return ['app', 'lib'].flatMap((folder) =>
    readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(tsx?|css|svg)$/.test(path) && !/\.(test|fixture)\.tsx?$/.test(path))
      .map((path) => `${folder}/${path}`)
      .sort(),
  )
}

/** WCAG 2.2, "contrast ratio". */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
