import { BlockList, isIP } from 'node:net'

/** Which proxies we trust to say where a request comes from. */
export type Proxies =
  // The platform's edge writes X-Forwarded-For anew for every request.
  | { kind: 'platform' }
  // So many proxies stand in a row before this server; 0 is none, and then the socket's own address counts.
  | { kind: 'hops'; count: number }
  | { kind: 'networks'; networks: BlockList }

/** Reads TRUSTED_PROXIES: a number of proxies, or their addresses and networks. Null for anything else. */
export function parseProxies(value: string): Proxies | null {
  const text = value.trim()
  if (/^\d$/.test(text)) return { kind: 'hops', count: Number(text) }
  const networks = new BlockList()
  const added = text.split(',').map((part) => addNetwork(networks, part.trim()))
  return added.every(Boolean) ? { kind: 'networks', networks } : null
}

/** Which proxies to trust here: the platform's own, those of the variable, or none. */
export function proxiesOf(value: string | undefined, isPlatform: boolean): Proxies {
  if (isPlatform) return { kind: 'platform' }
  return parseProxies(value ?? '0') ?? { kind: 'hops', count: 0 }
}

function addNetwork(networks: BlockList, text: string): boolean {
  const [, address = '', bits] =
    /^([\d.]+|[\da-f:.]*:[\da-f:.]*)(?:\/(\d{1,3}))?$/i.exec(text) ?? []
  const family = isIP(address)
  if (family === 0) return false
  const whole = family === 4 ? 32 : 128
  const prefix = Number(bits ?? whole)
  // A network of all addresses would trust every client.
  if (prefix < 1 || prefix > whole) return false
  networks.addSubnet(address, prefix, family === 4 ? 'ipv4' : 'ipv6')
  return true
}
