import 'server-only'
import { notFound } from 'next/navigation'
import type { Query } from '@/app/components/read-refusal'
import { currentOperator } from '@/lib/auth/operator'
import { PATIENCE, within } from '@/lib/deadline'
import { Unavailable } from '@/lib/errors'

type File = { name: string; text: string }

/**
 * A file of the console. For everyone but an operator there is no such address, and nothing of it is read.
 * Every route.ts below this folder is made with it: a test goes through them.
 */
export function consoleFile(write: (query: Query) => Promise<File | null>) {
  return async (request: Request): Promise<Response> => {
    try {
      const file = await within(PATIENCE.person, async () => {
        if (!(await currentOperator())) notFound()
        return write(Object.fromEntries(new URL(request.url).searchParams))
      })
      return file ? sent(file) : new Response('There is no such table.\n', { status: 404 })
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error
      return new Response('This cannot be read now. Try again in a minute.\n', { status: 503 })
    }
  }
}

function sent({ name, text }: File): Response {
  return new Response(text, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'private, no-store',
    },
  })
}
