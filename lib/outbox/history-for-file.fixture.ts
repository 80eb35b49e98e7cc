import { afterEach, beforeAll } from 'vitest'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { type News, newsOf } from '@/lib/reconcile/subscribers.fixture'
import { historyOf } from './history.fixture'

/** A shop for a whole test file, as `shopForFile` opens it, and its history; each test ends what it began. */
export function historyForFile() {
  const shop = shopForFile()
  let opened: News
  beforeAll(() => {
    opened = newsOf(shop)
  })
  // Of a shop that is not open yet there is none, so it is looked up at each call.
  const news = Object.assign(() => opened(), { waiting: () => opened.waiting() })
  const history = historyOf(shop, news)
  afterEach(() => history.endAll())
  return { shop, history }
}
