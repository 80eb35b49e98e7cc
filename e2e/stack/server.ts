import { spawn } from 'node:child_process'
import { request } from 'node:http'
import { ROOT, tool } from '@/scripts/stack/paths'

/** Starts the production build once more, with `env` over that of the run, or with `env` and nothing else. */
export function startServer(env: Record<string, string>, how: 'over' | 'alone' = 'over') {
  const [node, ...args] = tool('next/dist/bin/next', 'start')
  const child = spawn(node, args, {
    cwd: ROOT,
    // Every environment of Node's has NODE_ENV by Next's types; this one may be all that is given.
    env: { NODE_ENV: 'production', ...(how === 'over' ? process.env : {}), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve))
  return { child, exited, output: () => output }
}

export type Asked = {
  method?: string
  headers?: Record<string, string>
  body?: string
  /** Which of this machine's addresses it comes from. */
  from?: string
}

/** Asks as no browser would: `fetch` writes Host itself, and comes from an address of its own choice. */
export function askRaw(url: string, { method = 'GET', headers = {}, body, from }: Asked = {}) {
  const { hostname, port, pathname, search } = new URL(url)
  const to = { hostname, port, path: pathname + search, method, headers, agent: false }
  return new Promise<{ status: number; location: string; body: string }>((resolve, reject) => {
    const sent = request(
      { ...to, ...(from ? { localAddress: from, family: 4 } : {}) },
      (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk
        })
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            location: answer.headers.location ?? '',
            body: text,
          }),
        )
      },
    )
    sent.on('error', reject).end(body)
  })
}

/** A form of ours as a browser sends it: the action that its page names, and the fields. */
export async function formOf(page: string, among: string, fields: Record<string, string>) {
  const { body } = await askRaw(page)
  const form = body.split('<form').find((text) => text.includes(among)) ?? ''
  const action = /\$ACTION_ID_[0-9a-f]+/.exec(form)?.[0]
  if (!action) throw new Error(`${page} has no form with ${among}.`)
  const parts = Object.entries({ [action]: '', ...fields }).map(
    ([name, value]) =>
      `--part\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  return {
    method: 'POST',
    body: `${parts.join('')}--part--\r\n`,
    headers: { 'Content-Type': 'multipart/form-data; boundary=part' },
  }
}
