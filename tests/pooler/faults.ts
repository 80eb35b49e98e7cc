import type { Wire } from '@/tests/harness/faults/wire'

/** The two wires between an application, its pooler and Postgres. */
export type Wires = {
  /** Between the application and the pooler. */
  front: Wire
  /** Between the pooler and Postgres. */
  back: Wire
}

/** Something that befalls some of the connections on one wire, or all of them; it answers how many. */
export type Fault = { name: string; strike(wires: Wires): number }

const share = () => (Math.random() < 0.5 ? undefined : 1 + Math.floor(Math.random() * 3))

/** What connections suffer: broken, or silent without a word, on either side of the pooler. */
export const FAULTS: readonly Fault[] = [
  { name: 'all frozen', strike: ({ front, back }) => front.freeze() + back.freeze() },
  { name: 'backends cut', strike: ({ back }) => back.reset(share()) },
  { name: 'connections frozen', strike: ({ front }) => front.freeze(share()) },
  { name: 'backends frozen', strike: ({ back }) => back.freeze(share()) },
  { name: 'connections cut', strike: ({ front }) => front.reset(share()) },
]
