/**
 * The path to go to after signing in: `value` if it is a page of ours, else `fallback`.
 * Only a path is ever kept, so that no link to us can end on another site.
 */
export function safePath(value: unknown, fallback = '/settings/billing'): string {
  if (typeof value !== 'string' || value.length > MAX_LENGTH) return fallback
  if (!value.startsWith('/') || !PRINTABLE.test(value) || !URL.canParse(value, OWN)) return fallback
  const { origin, pathname, search, hash } = new URL(value, OWN)
  // Browsers resolve dots and take a backslash for a slash; some proxies decode before they look.
  const decoded = decode(pathname)
  if (origin !== OWN || decoded === null || /^[\\/]{2}|\\/.test(decoded)) return fallback
  if (/^\/api(\/|$)/.test(decoded)) return fallback
  return `${pathname}${search}${hash}`
}

// Longer than any of our addresses, shorter than any server's limit.
const MAX_LENGTH = 1024

// No control character, space or backslash: browsers drop or rewrite them.
const PRINTABLE = /^[\x21-\x5b\x5d-\x7e]+$/

const OWN = 'https://own.invalid'

function decode(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}
