import { z } from 'zod'
import { redactText } from '@/lib/console/redact'
import { PATIENCE, within } from '@/lib/deadline'
import { BillingError, isDatabaseError } from '@/lib/errors'
import { failureText } from '@/lib/log'
import { customerTool } from './customer'
import { doctorTool } from './doctor'
import { eventsTool } from './events'
import { prepare } from './prepare'
import { replayTool } from './replay-dry-run'
import type { Tool } from './tool'
import { whyTool } from './why'

const TOOLS = {
  why: whyTool,
  customer: customerTool,
  events: eventsTool,
  replay_dry_run: replayTool,
  doctor: doctorTool,
} as const satisfies Record<string, Tool>

type ToolName = keyof typeof TOOLS

export function isTool(name: string): name is ToolName {
  return Object.hasOwn(TOOLS, name)
}

/** What an agent reads to choose one: name, words, and the JSON Schema of what it takes. */
export function describeTools() {
  return Object.entries<Tool>(TOOLS).map(([name, { title, description, takes }]) => ({
    ...{ name, title, description },
    inputSchema: z.toJSONSchema(takes, { io: 'input' }),
    annotations: { title, readOnlyHint: true, destructiveHint: false, openWorldHint: true },
  }))
}

/** What a tool says, as text. What it refuses it says as well, so that the agent can put it right. */
export async function callTool(name: ToolName, given: unknown) {
  const { takes, run }: Tool = TOOLS[name]
  const asked = takes.safeParse(given ?? {})
  if (!asked.success) return answer(z.prettifyError(asked.error), true)
  try {
    const ready = await prepare()
    const said = await within(PATIENCE.operator, () => run(asked.data, ready))
    return answer(typeof said === 'string' ? said : JSON.stringify(said, null, 2))
  } catch (error) {
    return answer(sentence(error), true)
  }
}

// Whatever it is: no secret and no whole address leaves, because an answer is sent on to a model.
function answer(text: string, isError = false) {
  return { content: [{ type: 'text', text: redactText(text) }], isError }
}

function sentence(error: unknown): string {
  if (error instanceof BillingError) return error.message
  if (isDatabaseError(error)) return `Postgres refused: ${failureText(error)}`
  return error instanceof Error ? error.message : String(error)
}
