import { checkSeal, type SealedAnchor } from './seal'

/** An anchor that cannot be trusted itself. */
export type DayFault = {
  day: string
  kind:
    | 'root_differs'
    | 'day_missing'
    | 'unsealed'
    | 'unknown_key'
    | 'forged'
    | 'kept_differs'
    | 'kept_missing'
}

/**
 * The first fault of each anchor, oldest first. `recomputed` is the root over what was stored for
 * the day; `kept` are roots by day that an operator kept outside of the database.
 */
export function faultsOfDays(
  anchors: readonly (SealedAnchor & { recomputed: string })[],
  secrets: readonly string[],
  kept: ReadonlyMap<string, string>,
): DayFault[] {
  const faults = anchors.flatMap((anchor, i): DayFault[] => {
    const { day } = anchor
    const before = anchors[i - 1]
    const missing = before && dayAfter(before.day) !== day
    const outside = kept.get(day)
    const seal = checkSeal(anchor, secrets)
    return [
      ...(missing ? [{ day: dayAfter(before.day), kind: 'day_missing' } as const] : []),
      ...(outside !== undefined && outside !== anchor.root
        ? [{ day, kind: 'kept_differs' } as const]
        : anchor.recomputed !== anchor.root
          ? [{ day, kind: 'root_differs' } as const]
          : seal !== 'sealed'
            ? [{ day, kind: seal } as const]
            : []),
    ]
  })
  const known = new Set(anchors.map(({ day }) => day))
  const gone = [...kept.keys()].filter((day) => !known.has(day)).sort()
  return [...faults, ...gone.map((day) => ({ day, kind: 'kept_missing' }) as const)]
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}
