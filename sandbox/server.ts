import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ENDPOINTS } from './api/endpoints'
import { createControl } from './control/control'
import { startDeliverer } from './deliveries/deliverer'
import { createApi } from './http/api'
import { hostsAt, turnedAway } from './http/host-guard'
import { isOpen } from './http/open-to-pages'
import { BEFORE_PAGES } from './http/publishable'
import { targetOf } from './http/target'
import { startScheduler } from './lifecycle/scheduler'
import { frozenTimeOf } from './lifecycle/test-clock/clock-of'
import { routePages } from './pages/route'
import { changeAt, openState, type Sandbox } from './sandbox'
import { RETRY_DELAYS } from './settings'
import { lockDirectory } from './store/lock'
import { openCliSessions } from './stripecli/listen'
import { serveCli } from './stripecli/serve'

export interface SandboxOptions {
  /** 0 takes any free port. */
  port?: number
  /** Where state is kept; null keeps it in memory. */
  dataDir?: string | null
  /** The signing secret of every webhook endpoint made here; without it each has its own. */
  webhookSecret?: string
  /** Waits between delivery attempts, in milliseconds. */
  retryDelays?: readonly number[]
  /** More names, with or without a port, under which others reach it; it then listens on all addresses. */
  hosts?: readonly string[]
}

export interface RunningSandbox {
  url: string
  port: number
  /** For the pages' and lifecycle's own tests. */
  sandbox: Sandbox
  stop(): Promise<void>
}

// Next to Stripe's own mock, which developers may have in their fingers.
const DEFAULT_PORT = 12111

/** Starts a local Stripe on 127.0.0.1. Rejects when the port or the data directory is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const { dataDir = null, hosts = [] } = options
  const unlock = dataDir === null ? () => {} : await lockDirectory(dataDir)
  const server = createServer()
  try {
    await listen(server, options.port ?? DEFAULT_PORT, hosts.length > 0 ? ANYWHERE : '127.0.0.1')
    const running = serve(server, options)
    return { ...running, stop: () => stop(running.sandbox, server).finally(unlock) }
  } catch (error) {
    server.close()
    unlock()
    throw error
  }
}

// With `undefined` Node listens on IPv6 and IPv4 alike, where there are both.
const ANYWHERE = undefined

function serve(server: Server, options: SandboxOptions): Omit<RunningSandbox, 'stop'> {
  const { dataDir = null, webhookSecret = null, retryDelays = RETRY_DELAYS } = options
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  const { store, clock } = openState(dataDir)
  const sandbox: Sandbox = {
    settings: { url, webhookSecret, retryDelays },
    clock,
    store,
    deliverer: startDeliverer(() => sandbox),
    scheduler: startScheduler(() => sandbox),
    cli: openCliSessions(() => sandbox),
    change(cause, work, about = []) {
      sandbox.scheduler.settle()
      return changeAt(sandbox, frozenTimeOf(store, about) ?? clock.now(), cause, work)
    },
    changeFor: (about, work) => sandbox.change(null, work, [about]),
  }
  const handle = createHandler(sandbox, hostsAt(port, options.hosts ?? []))
  server.on('request', (request, response) => void handle(request, response))
  server.on('upgrade', (request, socket) => sandbox.cli.connect(request, socket))
  sandbox.scheduler.touch()
  sandbox.deliverer.add(Array.from(store.all('delivery'), ({ id }) => id))
  return { url, port, sandbox }
}

function createHandler(sandbox: Sandbox, hosts: readonly string[]) {
  const api = createApi(sandbox, ENDPOINTS)
  const control = createControl(sandbox)
  return async (request: IncomingMessage, response: ServerResponse) => {
    const { path } = targetOf(request)
    try {
      if (turnedAway(request, response, { hosts, url: sandbox.settings.url })) return
      if (await serveCli(sandbox, request, response)) return
      if (request.method === 'OPTIONS' && isOpen(request)) {
        response.writeHead(204, BEFORE_PAGES).end()
        return
      }
      if (path.startsWith('/_sandbox/')) return await control(request, response)
      if (path.startsWith('/v1/') || path.startsWith('/v2/')) return await api(request, response)
      if (await routePages(sandbox, request, response)) return
      response
        .writeHead(404, { 'Content-Type': 'text/plain' })
        .end('Nothing is here. The API is under /v1.\n')
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
      if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/plain' })
      response.end(`The sandbox itself failed: ${text}\n`)
    }
  }
}

function listen(server: Server, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host }, () => resolve())
  })
}

async function stop(sandbox: Sandbox, server: Server) {
  sandbox.scheduler.stop()
  sandbox.deliverer.stop()
  sandbox.cli.stop()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  sandbox.store.close()
}
