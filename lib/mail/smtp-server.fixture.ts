import { type AddressInfo, createServer, type Socket } from 'node:net'

/**
 * A mail server of this machine that accepts every command. What `instead` returns is answered in place of
 * that; it is called with '' for the greeting, and for '' no answer is sent.
 */
export async function serveSmtp(instead: (line: string) => string | null = () => null) {
  const said: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}))
    const answer = (line: string, usual: string) => {
      const text = instead(line) ?? usual
      if (text !== '') socket.write(`${text}\r\n`)
    }
    answer('', '220 mail.test ready')
    let held = ''
    socket.on('data', (chunk) => {
      const lines = (held + chunk).split('\r\n')
      held = lines.pop() ?? ''
      for (const line of lines) {
        said.push(line)
        answer(
          line,
          line.startsWith('EHLO') ? '250-mail.test\r\n250-SIZE 1000\r\n250 AUTH PLAIN' : '250 ok',
        )
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `smtp://ada:hunter2@127.0.0.1:${port}`,
    heard: () => said,
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
