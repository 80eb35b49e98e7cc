import { NextRequest } from 'next/server'
import { handleAuthRequest } from './handle'

export type Browser = ReturnType<typeof newBrowser>

/** A browser with cookies of its own, at `app`; `jar` and `headers` are what Next gives a form of it. */
export function newBrowser(app: string) {
  const cookies = new Map<string, string>()
  const set: string[] = []
  const header = () =>
    [...cookies].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ')
  const keep = (name: string, value: string) => {
    if (value === '') cookies.delete(name)
    else cookies.set(name, value)
  }
  return {
    cookies,
    /** Every `Set-Cookie` that the auth routes gave, as they gave it. */
    set,
    header,
    headers: () =>
      new Headers({
        host: new URL(app).host,
        'x-forwarded-proto': new URL(app).protocol.slice(0, -1),
        cookie: header(),
      }),
    jar: {
      get(name: string) {
        const value = cookies.get(name)
        return value === undefined ? undefined : { name, value }
      },
      set: (name: string, value: string, options: object = {}) => {
        set.push(`${name}=${value}; ${JSON.stringify(options)}`)
        keep(name, value)
      },
    },
    /** Opens a path of the auth routes, from a network. */
    async open(path: string, network: string | null = null): Promise<Response> {
      const headers = { cookie: header() }
      const response = await handleAuthRequest(new NextRequest(app + path, { headers }), network)
      for (const line of response.headers.getSetCookie()) {
        const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
        set.push(line)
        keep(name, decodeURIComponent(value))
      }
      return response
    },
  }
}
