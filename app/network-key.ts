import { isIPv4 } from 'node:net'
import { env } from '@/lib/env'
import { clientAddress } from '@/lib/requests/client-address'
import { peerHeader } from '@/lib/requests/peer-header'

/**
 * The network that a request counts for in a rate limit: an IPv4 address, or the first 64 bits of
 * an IPv6 address, of which one customer has all the rest. Null when it cannot be known.
 */
export function networkKey(headers: Headers): string | null {
  const peer = headers.get(peerHeader())
  const forwarded = headers.get('x-forwarded-for') ?? ''
  const address = clientAddress({ peer, forwarded }, env().proxies) ?? ''
  if (isIPv4(address)) return address
  // A URL's host is the one canonical spelling: lower case, and dots turned into groups.
  const canonical = `http://[${address}]`
  if (!URL.canParse(canonical)) return null
  return fromGroups(groupsOf(new URL(canonical).hostname.slice(1, -1)))
}

function groupsOf(canonical: string): string[] {
  const [head = [], tail = []] = canonical
    .split('::')
    .map((part) => part.split(':').filter(Boolean))
  return [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail]
}

function fromGroups(groups: string[]): string {
  // ::ffff:a.b.c.d is an IPv4 address; as IPv6 all of them would be one network.
  if (groups.slice(0, 6).join(':') !== '0:0:0:0:0:ffff')
    return `${groups.slice(0, 4).join(':')}::/64`
  const bytes = groups.slice(6).flatMap((group) => {
    const bits = Number.parseInt(group, 16)
    return [bits >> 8, bits & 255]
  })
  return bytes.join('.')
}
