/** How to start a browser. `env` is what it needs besides the environment that is there already. */
export type BrowserLaunch = {
  executablePath: string
  args: string[]
  env: Record<string, string>
}

export function launchOf(executablePath: string, env: Record<string, string> = {}): BrowserLaunch {
  // Chromium's sandbox refuses to run as root. Every other user keeps what Playwright decides.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return { executablePath, args, env }
}
