import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** As what the command line is asked for a sandbox. */
export type CliState =
  | { kind: 'new' | 'active' | 'expired'; secretKey: string; publishableKey?: string }
  | { kind: 'signed in' | 'offline' }

/**
 * A PATH on which `stripe` is a stand-in for Stripe's command line of version 1.52, which needs Stripe itself. Its
 * words are those of its source, pkg/cmd/sandbox.go.
 */
export function pathWithCli(folder: string, state: CliState): string {
  const bin = join(folder, `cli-${state.kind.replace(' ', '-')}`)
  mkdirSync(bin, { recursive: true })
  rmSync(join(bin, 'forgotten'), { force: true })
  writeFileSync(join(bin, 'said'), said(state))
  const file = join(bin, 'stripe')
  writeFileSync(file, program(bin, state.kind === 'expired'))
  chmodSync(file, 0o755)
  return [bin, process.env.PATH].join(delimiter)
}

function said(state: CliState): string {
  if (!('secretKey' in state))
    return state.kind === 'signed in'
      ? "You're already authenticated; sandbox management is available in Dashboard.\n\nhttps://dashboard.stripe.com/sandboxes\n"
      : '{"browser_url":"https://dashboard.stripe.com/stripecli/confirm_auth?t=x"}\n'
  const { secretKey, publishableKey = '' } = state
  const end = '\nThis sandbox expires 2026-12-05 (in 7 days). Claim it before then.\n'
  if (state.kind === 'active')
    return `You already have an active sandbox.\n\nSecret key:      ${secretKey}\n${publishableKey ? `Publishable key: ${publishableKey}\n` : ''}${end}`
  const claim_url = 'https://dashboard.stripe.com/claim_sandbox/x'
  const keys = { secret_key: secretKey, publishable_key: publishableKey, claim_url }
  return `Using email: ada@example.test (from git config)\nSetting up your sandbox... done.\n${JSON.stringify(keys, null, 2)}\n${end}`
}

// A shell, not Node: it starts at once on a machine that is busy.
function program(bin: string, isExpired: boolean): string {
  const forget = isExpired
    ? `if [ ! -e '${bin}/forgotten' ]; then : > '${bin}/forgotten'; echo 'Your sandbox session has expired.'; exit 0; fi; `
    : ''
  return `#!/bin/sh
case "$*" in
  --version) echo 'stripe version 1.52.0' ;;
  'listen --print-secret')
    [ -n "$STRIPE_API_KEY" ] || exit 1
    echo whsec_0123456789abcdef0123456789abcdef ;;
  'sandbox create --from-git --non-interactive' | 'sandbox create --email '*@*' --non-interactive')
    ${forget}cat '${bin}/said' ;;
  *) exit 1 ;;
esac
`
}
