import { afterAll, beforeAll, expect, test } from 'vitest'
import { directly } from '@/sandbox/test/fidelity/direct'
import { startStory } from '@/sandbox/test/story'

/** What the requests of a test are about. */
export interface Facts {
  customer: string
  subscription: string
  item: string
  price: string
  /** Of another subscription. */
  schedule: string
  now: number
}

/** What is true, then the request of a client that assumes otherwise, and the parameter that is refused. */
export type Refused = [
  sentence: string,
  path: (facts: Facts) => string,
  form: (facts: Facts) => Record<string, string>,
  param: string,
]

/** A test for each request that code from memory still sends. */
export function testRefusals(refused: readonly Refused[]) {
  let story: Awaited<ReturnType<typeof startStory>>
  let facts: Facts

  beforeAll(async () => {
    story = await startStory()
    const { stripe, sandbox, catalog } = story
    const { customer, subscription, item } = await story.subscribe()
    const { subscription: other } = await story.subscribe()
    const { id: schedule } = await stripe.subscriptionSchedules.create({
      from_subscription: other.id,
    })
    facts = {
      customer: customer.id,
      subscription: subscription.id,
      item,
      price: catalog.proMonthly.id,
      schedule,
      now: sandbox.clock.now(),
    }
  })

  afterAll(() => story.stop())

  for (const [sentence, path, form, param] of refused) {
    test(sentence, () => {
      const answer = directly(story.sandbox)('POST', path(facts), form(facts))
      expect(answer.ok ? 'accepted' : answer.error.param).toBe(param)
    })
  }
}

/** The same path or parameters, whatever the facts. */
export function always<T>(value: T): () => T {
  return () => value
}
