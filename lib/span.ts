/**
 * What a span may carry: ids, words and counts. `lib/telemetry` leaves out whatever has another shape, such as
 * an email address, a secret or a query; docs/how-to/telemetry.md lists the names.
 */
export type Ids = Readonly<Record<string, string | number | boolean | readonly string[] | null>>

/** What takes spans, where there is one: `lib/telemetry/start.ts` puts it here, and nothing else does. */
export type Recorder = {
  run<T>(name: string, ids: Ids, work: () => Promise<T>): Promise<T>
  runNow<T>(name: string, ids: Ids, work: () => T): T
  /** One that is over: between two instants in milliseconds since 1970. */
  past(name: string, ids: Ids, from: number, to: number): void
  /** More of the span that is open around the caller. */
  note(ids: Ids): void
  /** Resolves when everything is sent, or could not be. */
  flush(): Promise<void>
}

/**
 * Runs `work` as one span. Without telemetry it is `work` and nothing else.
 * @throws what `work` throws; the span says the name of the error and no word of it
 */
export function span<T>(name: string, ids: Ids, work: () => Promise<T>): Promise<T> {
  const { ledgerlineRecorder: recorder } = shared
  return recorder ? recorder.run(name, ids, work) : work()
}

/** The same for work that waits for nothing. */
export function spanNow<T>(name: string, ids: Ids, work: () => T): T {
  const { ledgerlineRecorder: recorder } = shared
  return recorder ? recorder.runNow(name, ids, work) : work()
}

/** Adds what has become known to the span around the caller. */
export function noteIds(ids: Ids): void {
  shared.ledgerlineRecorder?.note(ids)
}

/** Adds a span that is over: between two instants in milliseconds since 1970. */
export function pastSpan(name: string, ids: Ids, from: number, to: number): void {
  shared.ledgerlineRecorder?.past(name, ids, from, to)
}

/** Sends what was recorded, before a process may be frozen or ends. Never throws. */
export async function flushSpans(): Promise<void> {
  await shared.ledgerlineRecorder?.flush()
}

/** Sends spans to `next` from now on, or to no one. */
export function recordWith(next: Recorder | undefined): void {
  shared.ledgerlineRecorder = next
}

// Next bundles this file for the start, for pages and for routes: all of them have one recorder. The cast
// names one property of our own on the global object.
const shared = globalThis as typeof globalThis & { ledgerlineRecorder?: Recorder | undefined }
