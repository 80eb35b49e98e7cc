import { NextResponse } from 'next/server'
import { action } from '@/app/action'
import { backTo } from '@/app/back-to'
import { limitSettings } from '@/app/limits'
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
  return NextResponse.redirect(new URL(await backTo(HOME, result), env().appUrl), 303)
}
