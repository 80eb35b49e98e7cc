import { BlockList, isIP, isIPv4 } from 'node:net'

/** Whether a host is this machine by its own name, so that nothing crosses a network. */
export function isLoopback(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/^\[|\]$/g, '')
  return /^(127(\.\d{1,3}){3}|::1|(.+\.)?localhost)$/.test(host)
}

/**
 * Whether a host is this machine or a container beside it. Such a name has no dot, and means nothing
 * outside of the network that gave it; a bare number would be an address.
 */
export function isNear(hostname: string): boolean {
  return isLoopback(hostname) || /^[a-z][\w-]*$/i.test(hostname)
}

/** Whether a host can only be one of a private network: an address or a suffix that does not exist on the internet. */
export function isPrivate(hostname: string): boolean {
  if (isNear(hostname) || /\.(internal|local|lan|home\.arpa)$/i.test(hostname)) return true
  const address = hostname.replace(/^\[|\]$/g, '')
  return isIP(address) !== 0 && PRIVATE.check(address, isIPv4(address) ? 'ipv4' : 'ipv6')
}

// RFC 1918, the shared addresses of RFC 6598, and IPv6's own.
const PRIVATE = new BlockList()
PRIVATE.addSubnet('10.0.0.0', 8)
PRIVATE.addSubnet('172.16.0.0', 12)
PRIVATE.addSubnet('192.168.0.0', 16)
PRIVATE.addSubnet('100.64.0.0', 10)
PRIVATE.addSubnet('fc00::', 7, 'ipv6')

/** The host of a web address, or null when it is none. */
export function hostOf(value: string | undefined): string | null {
  if (!value || !URL.canParse(value)) return null
  const { protocol, hostname } = new URL(value)
  return /^https?:$/.test(protocol) ? hostname : null
}
