import 'server-only'
import type { ReactNode } from 'react'
import { PATIENCE, within } from '@/lib/deadline'

/**
 * A page, or a section that is streamed into one, which within seconds shows what it is for or that this
 * cannot be shown now. Whatever asks our database or Stripe is made with it.
 */
export function inTime<Props>(
  render: (props: Props) => Promise<ReactNode>,
): (props: Props) => Promise<ReactNode> {
  return (props) => within(PATIENCE.person, () => render(props))
}
