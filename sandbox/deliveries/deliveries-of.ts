import type { Delivery } from '@/sandbox/store/records'
import { deliveryId } from './enqueue'

/** The deliveries of an event, to the endpoints that there still are. */
export function deliveriesOf(store: Readable, event: string): Delivery[] {
  const found: Delivery[] = []
  for (const endpoint of store.all('webhook_endpoint')) {
    const delivery = store.find('delivery', deliveryId(event, endpoint.id))
    if (delivery) found.push(delivery)
  }
  return found
}

interface Readable {
  find(kind: 'delivery', id: string): Readonly<Delivery> | undefined
  all(kind: 'webhook_endpoint'): Iterable<{ id: string }>
}
