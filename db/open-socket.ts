import { connect, type Socket } from 'node:net'

type Where = { host: string[]; port: number[]; path?: string | undefined }

let turns = 0

/**
 * Opens the driver's connections. A peer that closes before it has said that it is ready (a proxy
 * without a server behind it) is an error here: the driver itself would connect again at once and for
 * ever, some hundred times a second, and the query would never end.
 */
export function openSocket({ host, port, path }: Where): Socket {
  // Of several hosts each is tried in its turn, as the driver does.
  const turn = turns++ % host.length
  const at = { host: host[turn] ?? 'localhost', port: port[turn] ?? 5432 }
  // The driver names the host to TLS by this.
  const socket = Object.assign(connect(path ? { path } : at), at)
  socket.once('end', () => {
    const closed = new Error(`The connection to ${at.host}:${at.port} was closed.`)
    socket.destroy(Object.assign(closed, { code: 'CONNECTION_CLOSED' }))
  })
  return socket
}
