import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

/** What proves that an anchor was made by a process with the key: the database does not have it. */
export type Seal = { mac: string; keyId: string }

export type SealedAnchor = {
  day: string
  root: string
  mac: string | null
  keyId: string | null
}

/** Seals a day's root. `secret` is text of at least 32 characters; the key is derived from it. */
export function sealAnchor({ day, root }: { day: string; root: string }, secret: string): Seal {
  const key = keyOf(secret)
  const mac = createHmac('sha256', key).update(`${day} ${root}`).digest('hex')
  return { mac, keyId: createHash('sha256').update(key).digest('hex').slice(0, 12) }
}

/**
 * Whether one of the secrets sealed this anchor. `unknown_key`: its key is none of theirs, so that
 * nothing can be said.
 */
export function checkSeal(
  anchor: SealedAnchor,
  secrets: readonly string[],
): 'sealed' | 'unsealed' | 'unknown_key' | 'forged' {
  if (anchor.mac === null) return 'unsealed'
  const seal = secrets
    .map((secret) => sealAnchor(anchor, secret))
    .find(({ keyId }) => keyId === anchor.keyId)
  if (!seal) return 'unknown_key'
  const [given, right] = [Buffer.from(anchor.mac), Buffer.from(seal.mac)]
  return given.length === right.length && timingSafeEqual(given, right) ? 'sealed' : 'forged'
}

// Its own key for its own purpose: what AUTH_SECRET signs elsewhere can never pass as a seal.
function keyOf(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'ledgerline audit anchor', 32))
}
