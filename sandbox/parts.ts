import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type Stripe from 'stripe'
import type { Kind } from './store/records'

/** What sends webhooks. */
export interface Deliverer {
  /** These are to be made, now or at their own time. */
  add(deliveries: Iterable<string>): void
  pause(): void
  resume(): void
  paused(): boolean
  /** Resolves when the event's deliveries have each been tried once, at `deadline` (real ms) at the latest. */
  tried(event: string, deadline: number): Promise<void>
  stop(): void
}

/** What runs what time alone brings about. */
export interface Scheduler {
  /** These records may have changed; without any, everything has. */
  touch(keys?: Iterable<readonly [Kind, string]>): void
  /** Runs everything due up to now. */
  settle(): void
  stop(): void
}

/** The sessions of `stripe listen`: each gets every event over its WebSocket, and forwards it by itself. */
export interface CliSessions {
  /** What the CLI is answered when it asks for a session. */
  open(): object
  connect(request: IncomingMessage, socket: Duplex): void
  send(event: Readonly<Stripe.Event>): void
  /** Whether a CLI listens. */
  listened(): boolean
  stop(): void
}
