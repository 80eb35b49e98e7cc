import { afterAll, beforeAll } from 'vitest'
import { disconnect } from '@/db/client'
import { openShop, openWatchedShop } from './shop.fixture'

/** `openShop` for a whole test file: from before its first test until after its last. */
export function shopForFile() {
  return forFile(openShop)
}

/** The same of `openWatchedShop`. */
export function watchedShopForFile() {
  return forFile(openWatchedShop)
}

function forFile<Shop extends { stop(): Promise<void> }>(open: () => Promise<Shop>): Shop {
  // Filled before the first test; a file must take nothing out of it sooner.
  const shop = {} as Shop
  beforeAll(async () => {
    Object.assign(shop, await open())
  })
  // Vitest runs these from the last to the first: what a file undoes itself is undone before.
  afterAll(async () => {
    await disconnect()
    await shop.stop()
  })
  return shop
}
