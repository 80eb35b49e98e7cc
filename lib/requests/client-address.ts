import { isIP, isIPv4 } from 'node:net'
import type { Proxies } from '@/lib/env-proxies'

/**
 * Where a request comes from: the farthest address on its way that only trusted proxies report. Each
 * proxy adds what it saw at the right of X-Forwarded-For; what stands further left is the sender's to
 * invent. Null, or no address, when it cannot be known.
 * @param peer the other end of our own socket; null when it is not known
 */
export function clientAddress(
  { peer, forwarded }: { peer: string | null; forwarded: string },
  proxies: Proxies,
): string | null {
  const reported = forwarded.split(',').map(bare).filter(Boolean)
  if (proxies.kind === 'platform') return reported.at(-1) ?? null
  if (peer === null) return null
  const way = [...reported, bare(peer)]
  if (proxies.kind === 'hops') return way.at(-1 - proxies.count) ?? way[0] ?? null
  const { networks } = proxies
  const trusted = (address: string) =>
    isIP(address) !== 0 && networks.check(address, isIPv4(address) ? 'ipv4' : 'ipv6')
  return way.findLast((address) => !trusted(address)) ?? way[0] ?? null
}

/** Without port and brackets, which some proxies write. */
function bare(text: string): string {
  const entry = text.trim()
  return /^\[(.*)\](:\d+)?$/.exec(entry)?.[1] ?? entry.replace(/^([\d.]+):\d+$/, '$1')
}
