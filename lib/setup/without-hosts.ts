import type { Given } from '@/lib/env-given'

/** A text without any address that a variable holds: any visitor may read it, and it is no business of theirs. */
export function withoutHosts(text: string, given: Given): string {
  return Object.values(given)
    .flatMap((value) => (value ? partsOf(value) : []))
    .toSorted((a, b) => b.length - a.length)
    .reduce((left, part) => left.replaceAll(part, '…'), text)
}

function partsOf(value: string): string[] {
  if (!URL.canParse(value)) return []
  const { origin, host, hostname } = new URL(value)
  // A name of one word, such as `postgres`, stands in sentences too.
  const names = [host, hostname].filter((name) => /[.:]/.test(name))
  return [value, ...(origin === 'null' ? [] : [origin]), ...names]
}
