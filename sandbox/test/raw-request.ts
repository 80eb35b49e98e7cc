import { request } from 'node:http'

/**
 * Sends `METHOD target` with the target as it is, which `fetch` would put in order first, and
 * resolves with the answer. A Host among the headers wins over our own.
 */
export function ask(
  port: number,
  line: string,
  headers: Record<string, string> = {},
  body = '',
): Promise<{ status: number; body: string }> {
  const at = line.indexOf(' ')
  const [method, path] = [line.slice(0, at), line.slice(at + 1)]
  const to = { host: '127.0.0.1', port, method, path, headers, agent: false }
  return new Promise((resolve, reject) => {
    const sent = request(to, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString('utf8'),
        })
        sent.destroy()
      })
    })
    sent.on('error', reject)
    // Not by `end`, which would wait for as many bytes as a Content-Length promises.
    if (body) sent.write(body)
    if (body.length >= Number(headers['Content-Length'] ?? 0)) sent.end()
    else sent.flushHeaders()
  })
}
