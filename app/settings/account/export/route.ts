import { NextResponse } from 'next/server'
import { action } from '@/app/action'
import { limitSettings } from '@/app/limits'
import { refusedTo } from '@/app/refused-to'
import { env } from '@/lib/env'
import { exportPerson } from '@/lib/retention/export-person'

const HOME = '/settings/account'

const copy = action(() => undefined, exportPerson, limitSettings)

/** Everything that is kept of the user who is signed in, as a file. A POST, because it is put on record. */
export async function POST(): Promise<Response> {
  const result = await copy(new FormData())
  if (result.ok) {
    return new Response(`${JSON.stringify(result.value, null, 2)}\n`, {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': 'attachment; filename="your-data.json"',
        'cache-control': 'private, no-store',
      },
    })
  }
  const path =
    result.code === 'unauthenticated'
      ? await refusedTo('/sign-in', result, { kept: `return=${HOME}` })
      : await refusedTo(HOME, result)
  return NextResponse.redirect(new URL(path, env().appUrl), 303)
}
