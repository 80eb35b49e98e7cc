import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { ROOT, serverScript } from '@/scripts/stack/paths'

/** Whatever came back; the tests say what they expect of it. */
export type Reply = {
  id?: unknown
  result?: { content?: { text: string }[]; isError?: boolean } & Record<string, unknown>
  error?: { code: number; message: string }
}

/** The server as an agent starts it: a process that is written to and read from, line by line. */
export function startMcp(env: NodeJS.ProcessEnv) {
  const [node, ...args] = serverScript('scripts/mcp/main.ts')
  const child: ChildProcess = spawn(node, args, { cwd: ROOT, env, stdio: ['pipe', 'pipe', 'pipe'] })
  const lines: string[] = []
  const waiting: ((line: string) => void)[] = []
  if (!child.stdout || !child.stdin || !child.stderr) throw new Error('It has no pipes.')
  const errors: string[] = []
  child.stderr.on('data', (data) => errors.push(String(data)))
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line)
    waiting.shift()?.(line)
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const { stdin } = child
  let id = 0

  async function send(text: string): Promise<Reply> {
    const line = new Promise<string>((resolve, reject) => {
      waiting.push(resolve)
      void ended.then(() => reject(new Error(`It ended: ${errors.join('')}`)))
    })
    stdin.write(`${text}\n`)
    return JSON.parse(await line)
  }

  return {
    send,
    notify: (method: string) => stdin.write(`${JSON.stringify({ jsonrpc: '2.0', method })}\n`),
    ask: (method: string, params?: object) => {
      id += 1
      return send(JSON.stringify({ jsonrpc: '2.0', id, method, params }))
    },
    /** Everything that it wrote to standard output. */
    output: () => lines,
    errors: () => errors.join(''),
    async stop() {
      stdin.end()
      return ended
    },
  }
}
