import { openLine } from '@/db/line'

/**
 * The first of these addresses of one database at which nothing can be written, once a connection asks for
 * that: Postgres itself then refuses whatever would change a row. Some poolers drop what a connection asks
 * for at its start, so each is tried.
 * @throws {Error} none of them takes it, or none answers
 */
export async function readOnlyUrl(urls: readonly string[]): Promise<string> {
  const reasons: string[] = []
  for (const given of urls) {
    const url = new URL(given)
    url.searchParams.set('default_transaction_read_only', 'on')
    const why = await refusalOf(url.href)
    if (why === null) return url.href
    reasons.push(why)
  }
  throw new Error(
    `The database cannot be read without being able to write to it: ${reasons.join('; ')}`,
  )
}

async function refusalOf(url: string): Promise<string | null> {
  const line = openLine(url)
  try {
    const [row] = await line.client`select current_setting('transaction_read_only') as set`
    return row?.set === 'on' ? null : 'a pooler lets the connection write'
  } catch (error) {
    // Never its message alone: some drivers repeat the address there.
    return error instanceof Error && 'code' in error
      ? `it answers ${error.code}`
      : 'it does not answer'
  } finally {
    line.close()
  }
}
