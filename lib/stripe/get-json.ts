import http, { type Agent, type ClientRequest, type IncomingMessage } from 'node:http'
import https from 'node:https'

type Options = { agent: Agent; patienceMs: number }

/**
 * The answer of a server on this machine, read as JSON. Node's own client takes a third of what `fetch` takes
 * of the processor, and this is asked again for each page, event and test.
 * @throws no answer within `patienceMs`, or one that is no JSON
 */
export async function getJson(url: URL, options: Options): Promise<unknown> {
  const { request, text } = begin(url, options)
  try {
    return JSON.parse(await text)
  } catch (error) {
    // The server ended a connection that was idle at the moment at which it was used again.
    if (!request.reusedSocket || !isReset(error)) throw error
    return JSON.parse(await begin(url, options).text)
  }
}

/** Keeps connections to such an address for as long as Node's own server keeps one that is not used. */
export function agentFor({ protocol }: URL): Agent {
  return new (clientOf(protocol).Agent)({ keepAlive: true, timeout: 5_000 })
}

function clientOf(protocol: string): Pick<typeof http, 'Agent' | 'get'> {
  return protocol === 'https:' ? https : http
}

function begin(url: URL, { agent, patienceMs }: Options) {
  const request = clientOf(url.protocol).get(url, { agent })
  return { request, text: textOf(request, patienceMs) }
}

function textOf(request: ClientRequest, patienceMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const late = () => request.destroy(new Error(`No answer in ${patienceMs} ms.`))
    const timer = setTimeout(late, patienceMs)
    request.once('close', () => clearTimeout(timer))
    request.once('error', reject)
    request.once('response', (response: IncomingMessage) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (piece: string) => {
        text += piece
      })
      response.once('end', () => resolve(text))
      response.once('error', reject)
    })
  })
}

function isReset(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ECONNRESET'
}
