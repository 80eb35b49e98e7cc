import { createServer } from 'node:net'

/** The first port from `first` upwards that no process listens on; 0 asks the system for any. */
export async function freePort(first: number): Promise<number> {
  if (first === 0) return systemPort()
  for (let port = first; port < first + SEARCHED; port++) if (await isFree(port)) return port
  throw new Error(`Ports ${first} to ${first + SEARCHED - 1} are all taken. Free one of them.`)
}

/**
 * The port that `variable` asks for, or else the first free one from `fallback`.
 * @throws when the asked-for port is not a port, or is taken
 */
export async function choosePort(variable: string, fallback: number): Promise<number> {
  const asked = process.env[variable]?.trim()
  if (!asked) return freePort(fallback)
  const port = Number(asked)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`${variable}=${asked} is not a port. Give a number from 1 to 65535.`)
  }
  if (await isFree(port)) return port
  throw new Error(
    `Port ${port} is taken, and ${variable} asks for it. Stop what listens there, or remove ${variable} to get the next free one.`,
  )
}

/** Whether a server could listen on this port, for this machine and for all addresses. */
async function isFree(port: number): Promise<boolean> {
  // Some systems let two sockets share a port when one is bound to all addresses and one is not.
  for (const host of ['127.0.0.1', '0.0.0.0', '::'])
    if (!(await canListen(port, host))) return false
  return true
}

// Far more than the parts of two checkouts take, and a bound on the search.
const SEARCHED = 100

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    // A machine without IPv6 refuses the address itself, which says nothing about the port.
    server.once('error', ({ code }: NodeJS.ErrnoException) =>
      resolve(code !== 'EADDRINUSE' && code !== 'EACCES'),
    )
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

function systemPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = address !== null && typeof address === 'object' ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}
