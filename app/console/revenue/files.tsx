type Props = { table: string; currency?: string; plan?: string | null }

/** Leads to the same numbers as a file. */
export function FilesOf({ table, currency, plan }: Props) {
  const query = new URLSearchParams({
    table,
    ...(currency ? { currency } : {}),
    ...(plan ? { plan } : {}),
  })
  return (
    <a href={`/console/revenue/export?${query}`} className="link inline-flex min-h-6 items-center">
      CSV<span className="sr-only"> of {table}</span>
    </a>
  )
}
