import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { encodeOutcome } from './encode'
import { RedisError } from './error'
import { execute, executeAtomically } from './execute'
import type { Keyspace } from './keyspace'
import { parseCommand, parseCommands } from './parse'

// Upstash's own limit on the free plan, and far above anything billing sends.
const MAX_BODY_BYTES = 10 * 1024 * 1024

/** Answers one request as Upstash's REST API does: checks the token, runs the commands, writes the answer. */
export async function handle(
  keys: Keyspace,
  token: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!authorized(request, token)) {
    return send(response, 401, { error: 'WRONGPASS invalid or missing auth token' })
  }
  if (request.method !== 'POST') return send(response, 405, { error: 'ERR use POST' })
  const body = await read(request)
  if (body === null) return send(response, 413, { error: 'ERR max request size exceeded' })
  const { status, answer } = route(keys, request, body)
  send(response, status, answer)
}

function authorized(request: IncomingMessage, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(request.headers.authorization ?? ''), digest(`Bearer ${token}`))
}

async function read(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

function route(keys: Keyspace, request: IncomingMessage, body: string) {
  const base64 = request.headers['upstash-encoding'] === 'base64'
  try {
    switch (request.url) {
      case '/': {
        const outcome = encodeOutcome(execute(keys, parseCommand(json(body))), base64)
        return { status: 'error' in outcome ? 400 : 200, answer: outcome }
      }
      case '/pipeline': {
        const outcomes = parseCommands(json(body)).map((words) => execute(keys, words))
        return { status: 200, answer: outcomes.map((outcome) => encodeOutcome(outcome, base64)) }
      }
      case '/multi-exec': {
        const outcomes = executeAtomically(keys, parseCommands(json(body)))
        return { status: 200, answer: outcomes.map((outcome) => encodeOutcome(outcome, base64)) }
      }
      default:
        return { status: 404, answer: { error: 'ERR use /, /pipeline or /multi-exec' } }
    }
  } catch (error) {
    if (error instanceof RedisError) return { status: 400, answer: { error: error.message } }
    throw error
  }
}

function json(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw new RedisError('ERR failed to parse request: the body is not JSON')
  }
}

function send(response: ServerResponse, status: number, answer: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
}
