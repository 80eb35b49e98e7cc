import { isLoopback } from '@/lib/env-hosts'

/**
 * Whether a Host names this server as a developer knows it: this machine, or the host of `appUrl`. A
 * page of any site can rebind its own name to 127.0.0.1 and read what is answered to it; its requests
 * still carry that name.
 */
export function isOwnHost(host: string | undefined, appUrl: string): boolean {
  // Nothing of a URL but host and port: what a parser would cut away is not ours either.
  const asked = `http://${host}`
  if (!host || !/^[\w.:[\]-]+$/.test(host) || !URL.canParse(asked)) return false
  const own = new URL(appUrl)
  const { hostname, port } = new URL(asked)
  if (isLoopback(hostname)) return true
  return hostname === own.hostname && portOf(port, own) === portOf(own.port, own)
}

// Clients leave the port out where it is the scheme's own.
function portOf(port: string, { protocol }: URL): string {
  return port || (protocol === 'https:' ? '443' : '80')
}
