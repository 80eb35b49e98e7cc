import type { AuditFault } from './verify'

/** What is wrong and where, in one line for an operator. */
export function faultText(fault: AuditFault): string {
  if (fault.of === 'day') return `anchor of ${fault.day}: ${DAY[fault.kind]}`
  const row = `${fault.scope} row ${fault.n}`
  if (fault.of === 'chain') return `${row}: ${CHAIN[fault.kind]}`
  const doubt = fault.since < fault.n ? ` Rows from ${fault.since} on are in doubt.` : ''
  return `${row}: ${ANCHOR[fault.kind].replace('DAY', fault.day)}${doubt}`
}

const CHAIN = {
  altered: 'altered. Its hash does not fit what it says.',
  replaced: 'replaced. The chain around it belongs to another row.',
  moved: 'moved. Its hash belongs to another place in this chain.',
  missing: 'missing. There are rows after it.',
  extra: 'extra. The head of the chain does not know it.',
  cut_off: 'cut off. The head of the chain knows of it.',
  head_differs: 'not what the head of the chain says. One of the two was changed.',
  head_missing: 'the last of a chain whose head is gone.',
} as const

const ANCHOR = {
  rewritten: 'rewritten after it was anchored on DAY. The chain was made to fit.',
  removed: 'removed after it was anchored on DAY. The chain was made to fit.',
  added_later: 'added later. It was not there when DAY was anchored.',
} as const

const DAY = {
  root_differs: 'changed. What it is over does not give its root.',
  day_missing: 'missing. There are anchors around it.',
  unsealed: 'without a seal. Run the anchor job, and verify again.',
  unknown_key: 'sealed by a key that is not known. Give the earlier secrets in AUDIT_SECRET.',
  forged: 'forged. Its seal does not fit.',
  kept_differs: 'not the root that was kept outside.',
  kept_missing: 'gone. It was kept outside.',
} as const
