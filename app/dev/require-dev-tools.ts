import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { env } from '@/lib/env'
import { isOwnHost } from '@/lib/requests/own-host'

/**
 * Lets a development page be there beside a sandbox alone, and never in production. Asked of the host
 * too: a page of any site could rebind its name to this machine, and would read captured mail.
 */
export async function requireDevTools(): Promise<void> {
  const host = (await headers()).get('host') ?? undefined
  if (!env().devTools || !isOwnHost(host, env().appUrl)) notFound()
}
