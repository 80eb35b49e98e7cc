import { BRAND } from '@/lib/brand'

// Six of them in a row: of drawn secrets one in twenty thousand has four, in small or capital letters.
const PLACEHOLDER =
  /(^|_)(undefined|null|changeme|placeholder|secret|todo)$|x{6,}|\.{3}|<.*>|your[-_]|change[-_ ]?(me|this)|replace[-_ ]/i

/** Whether it only says that a secret belongs here. */
export function isPlaceholder(secret: string): boolean {
  return PLACEHOLDER.test(secret)
}

// A random secret of 16 hex digits, the shortest that is taken, has fewer than this once in forty thousand.
const FEWEST_CHARACTERS = 6

// How much of a text must be alike for it to be a pattern; of a drawn one it is a fifth at the most.
const PATTERN = 0.75

/**
 * Whether a secret was typed rather than drawn: few characters, one piece again and again, or a row
 * such as `abcdef`.
 */
export function isGuessable(secret: string): boolean {
  return new Set(secret).size < FEWEST_CHARACTERS || repeats(secret) || counts(secret)
}

/** Whether it is made of words that people put where a secret belongs; too long to be drawn by chance. */
export function isWorded(secret: string): boolean {
  const text = secret.toLowerCase()
  return WORDS.some((word) => text.includes(word))
}

const WORDS = [
  ...[
    'secret',
    'password',
    'passwd',
    'example',
    'insecure',
    'default',
    'development',
    'production',
  ],
  ...[BRAND.name, BRAND.stripe.app].map((name) => name.toLowerCase()),
]

function repeats(secret: string): boolean {
  const pieces = Array.from({ length: Math.floor(secret.length / 2) }, (_, n) => n + 1)
  return pieces.some((size) =>
    mostly(secret.slice(size), (character, n) => character === secret[n]),
  )
}

function counts(secret: string): boolean {
  return mostly(secret.slice(1), (_, n) => {
    return Math.abs(secret.charCodeAt(n + 1) - secret.charCodeAt(n)) <= 1
  })
}

function mostly(text: string, alike: (character: string, n: number) => boolean): boolean {
  return [...text].filter(alike).length > text.length * PATTERN
}
