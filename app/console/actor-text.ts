import type { Actor } from '@/lib/audit/actor'

/** Who did something, as an operator reads it; `names` are the addresses of those who are still here. */
export function actorText(actor: Actor, names: ReadonlyMap<string, string>): string {
  switch (actor.type) {
    case 'stripe':
      return 'Stripe'
    case 'system':
      return actor.job
    case 'api_key':
      return 'an API key'
    case 'operator':
      return `${names.get(actor.id) ?? 'someone who left'} (operator)`
    case 'user':
      return names.get(actor.id) ?? 'someone who left'
  }
}
