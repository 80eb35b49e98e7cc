import type { OLDER_VERSIONS } from '@/sandbox/deliveries/older/versions'
import { storedAs } from '@/sandbox/store/setting'

/** What goes wrong on request. Deliveries are marked when their event happens, and sent by what is on when they go. */
export interface Chaos {
  /** Each delivery is sent twice, at the same time. */
  duplicate: boolean
  /** Real seconds that each delivery waits before its first attempt. */
  delay_seconds: number
  /** Business seconds, counted from the event, that the clock must pass before the first attempt. */
  late_seconds: number
  /** What comes together is sent newest first, one at a time. */
  reorder: boolean
  /** Deliveries are lost: never sent, never tried again. */
  drop: boolean
  /** Each delivery carries another `v1` signature first, as while a secret is rolled. */
  second_signature: boolean
  /** The API version in whose shapes every endpoint gets its events, whatever it was made with; empty: its own. */
  api_version: '' | (typeof OLDER_VERSIONS)[number]
  /** How many of the next requests to the API are answered 429. */
  rate_limit: number
}

/** Nothing goes wrong. */
export const CALM: Chaos = {
  duplicate: false,
  delay_seconds: 0,
  late_seconds: 0,
  reorder: false,
  drop: false,
  second_signature: false,
  api_version: '',
  rate_limit: 0,
}

const stored = storedAs('chaos', CALM)

/** What is switched on now. */
export const chaosOf = stored.read

/** Switches what is given, and leaves the rest as it is. */
export const setChaos = stored.change
