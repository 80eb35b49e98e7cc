/**
 * The guards that correctness rests on. A history played with one of them off must show why it is there;
 * the sentence says what goes wrong without it.
 */
export type Guards = {
  /** Only the newest claim may commit: else a frozen process writes an old read over a newer one. */
  fence: boolean
  /** `synced_seq` is what the claim saw: else an event that came during the read is never looked at. */
  seqAtClaim: boolean
  /** Facts have natural keys: else Stripe's second event for one fact records it twice. */
  naturalKeys: boolean
  /** An event's own id decides whether it is new: else a duplicate is stored twice. */
  inbox: boolean
  /** Only what a commit carried is called done: else a process that dies takes its facts along. */
  doneAtCommit: boolean
  /** Stripe is read after the claim: else the newest fence may carry an older read. */
  readAfterClaim: boolean
  /** A cron drains: else a process that died leaves the customer dirty for ever. */
  drain: boolean
  /** A lease ends: else no process takes over from a dead one. */
  leaseEnds: boolean
  /** An unknown price keeps the customer dirty: else the customer is not read again once it is known. */
  retryStaysDirty: boolean
  /** A customer that is adopted is read again: else its workspace never gets what was paid for. */
  adoptedAgain: boolean
  /** What is known without a workspace gets one when Stripe names one: else they pay and have Free. */
  linkedLater: boolean
  /** A deleted customer says nothing of a workspace that has another: else its end takes the new plan away. */
  superseded: boolean
  /** The answer waits for the commit: else Stripe stops sending what was not stored. */
  storedBeforeAnswer: boolean
  /** A read is followed by the window: else a burst costs a read an event. */
  window: boolean
  /** The customers that a read names are marked in its commit: else a process that dies in between forgets them. */
  marksAtCommit: boolean
  /** An event whose fact could not be recorded is not done: else it is lost without a report. */
  failuresWait: boolean
  /** After eight tries an event is dead: else it waits for ever, and no alarm is raised. */
  deadEnds: boolean
  /** A fact stands in its customer's chain: else a dispute is missing where an operator looks. */
  customersChain: boolean
  /** A notification has its fact's key: else two events for one fact write two emails. */
  entryKeys: boolean
  /** An email has its notification's key: else a process that was frozen writes it once more. */
  emailKeys: boolean
  /** Email and "done" are one commit: else a process that dies in between loses the email. */
  emailWithDone: boolean
  /** Stripe is asked for what no webhook brought: else its facts are lost. */
  backfill: boolean
  /** All is compared each day: else what no event reports stays wrong. */
  driftScan: boolean
}

export const ALL_GUARDS: Guards = {
  fence: true,
  seqAtClaim: true,
  naturalKeys: true,
  inbox: true,
  doneAtCommit: true,
  readAfterClaim: true,
  drain: true,
  leaseEnds: true,
  retryStaysDirty: true,
  adoptedAgain: true,
  linkedLater: true,
  superseded: true,
  storedBeforeAnswer: true,
  window: true,
  marksAtCommit: true,
  failuresWait: true,
  deadEnds: true,
  customersChain: true,
  entryKeys: true,
  emailKeys: true,
  emailWithDone: true,
  backfill: true,
  driftScan: true,
}

/** All guards but one; null leaves them all. */
export function without(guard: keyof Guards | null): Guards {
  return guard ? { ...ALL_GUARDS, [guard]: false } : ALL_GUARDS
}

export function isGuard(name: string): name is keyof Guards {
  return Object.hasOwn(ALL_GUARDS, name)
}
