import { type ListedOperator, listOperators } from '@/db/queries/operators'

export type { ListedOperator }

/** Who may open the console, and who could once. */
export function listedOperators(): Promise<ListedOperator[]> {
  return listOperators()
}
