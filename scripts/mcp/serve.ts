import { z } from 'zod'
import { callTool, describeTools, isTool } from './tools'

// The revisions of the protocol whose stdio messages these are, the newest first.
const VERSIONS = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'] as const

export type Server = { name: string; title: string; version: string }

/**
 * The answer to one line of the Model Context Protocol over stdio, which is a message of JSON-RPC 2.0; null for
 * a notification, which gets none.
 */
export async function answerLine(line: string, server: Server): Promise<object | null> {
  const message = parse(line)
  if (message === undefined) return failure(null, PARSE_ERROR, 'This is not JSON.')
  const request = Request.safeParse(message)
  if (!request.success) return failure(null, INVALID_REQUEST, 'This is no request of JSON-RPC 2.0.')
  const { id, method, params } = request.data
  if (id === undefined) return null
  switch (method) {
    case 'initialize':
      return success(id, greeting(params, server))
    case 'ping':
      return success(id, {})
    case 'tools/list':
      return success(id, { tools: describeTools() })
    case 'tools/call': {
      const call = Call.safeParse(params)
      if (!call.success || !isTool(call.data.name))
        return failure(id, INVALID_PARAMS, 'There is no such tool. tools/list names them.')
      return success(id, await callTool(call.data.name, call.data.arguments))
    }
    default:
      return failure(id, METHOD_NOT_FOUND, 'This server has tools, and nothing else.')
  }
}

// As JSON-RPC 2.0 numbers them.
const PARSE_ERROR = -32_700
const INVALID_REQUEST = -32_600
const METHOD_NOT_FOUND = -32_601
const INVALID_PARAMS = -32_602

const Id = z.union([z.string(), z.number()])

const Request = z.object({
  jsonrpc: z.literal('2.0'),
  id: Id.optional(),
  method: z.string(),
  params: z.unknown().optional(),
})

const Call = z.object({ name: z.string(), arguments: z.unknown().optional() })

const Greeted = z.object({ protocolVersion: z.enum(VERSIONS) })

// A client that asks for a revision that is not known here is told the newest, and decides.
function greeting(params: unknown, { name, title, version }: Server) {
  const asked = Greeted.safeParse(params)
  return {
    protocolVersion: asked.success ? asked.data.protocolVersion : VERSIONS[0],
    capabilities: { tools: { listChanged: false } },
    serverInfo: { name, title, version },
    instructions:
      'Reads the billing records of this application and what Stripe says of them. It changes nothing. Begin with doctor when something does not work, and with customer or why when someone cannot use what they paid for.',
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function success(id: z.infer<typeof Id>, result: object) {
  return { jsonrpc: '2.0', id, result }
}

function failure(id: z.infer<typeof Id> | null, code: number, message: string) {
  return { jsonrpc: '2.0', id, error: { code, message } }
}
