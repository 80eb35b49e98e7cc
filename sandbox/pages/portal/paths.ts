/** The addresses of one portal session; the token in them is what lets a person in. */
export function portalPaths(token: string) {
  const root = `/p/session/${encodeURIComponent(token)}`
  const of = (subscription: string) => `${root}/subscriptions/${encodeURIComponent(subscription)}`
  return {
    root,
    /** The portal's first page even when the session was opened for one flow, whose root is that flow. */
    home: `${root}/home`,
    done: `${root}/done`,
    paymentMethod: `${root}/payment-method`,
    details: `${root}/details`,
    taxIds: `${root}/tax-ids`,
    challenge: (challenge: string) => `${root}/challenge/${encodeURIComponent(challenge)}`,
    cancel: (subscription: string) => `${of(subscription)}/cancel`,
    pause: (subscription: string) => `${of(subscription)}/pause`,
    unpause: (subscription: string) => `${of(subscription)}/unpause`,
    resume: (subscription: string) => `${of(subscription)}/resume`,
    update: (subscription: string) => `${of(subscription)}/update`,
    confirm: (subscription: string) => `${of(subscription)}/update/confirm`,
  }
}
