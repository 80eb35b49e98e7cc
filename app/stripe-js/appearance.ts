import type { Appearance } from '@stripe/stripe-js'

/** The page's own colors, for the frames of Stripe: they see no style of ours. */
export function readAppearance(): Appearance {
  const color = colorReader()
  return {
    theme: isDark() ? 'night' : 'stripe',
    variables: {
      colorPrimary: color('--accent'),
      colorBackground: color('--surface'),
      colorText: color('--ink'),
      colorTextSecondary: color('--ink-2'),
      colorTextPlaceholder: color('--ink-3'),
      colorDanger: color('--danger-text'),
      borderRadius: '8px',
      // No font of ours can be loaded there without being public.
      fontFamily: 'system-ui, sans-serif',
      fontSizeBase: '16px',
    },
  }
}

/** Says when the colors of the page have changed, by its own switch or by the system's; returns what ends it. */
export function followTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  const system = matchMedia(DARK)
  system.addEventListener('change', changed)
  return () => {
    observer.disconnect()
    system.removeEventListener('change', changed)
  }
}

const DARK = '(prefers-color-scheme: dark)'

function isDark(): boolean {
  const { theme } = document.documentElement.dataset
  return theme === 'dark' || (theme !== 'light' && matchMedia(DARK).matches)
}

// Stripe.js takes #rrggbb; ours are light-dark() and oklch(), which a canvas turns into bytes.
function colorReader(): (token: string) => string {
  const probe = document.body.appendChild(document.createElement('span'))
  const canvas = document.createElement('canvas').getContext('2d')
  const colors = new Map(
    TOKENS.map((token) => {
      probe.style.color = `var(${token})`
      return [token, hex(canvas, getComputedStyle(probe).color)]
    }),
  )
  probe.remove()
  return (token) => colors.get(token) ?? '#000000'
}

const TOKENS = ['--accent', '--surface', '--ink', '--ink-2', '--ink-3', '--danger-text']

function hex(canvas: CanvasRenderingContext2D | null, color: string): string {
  if (!canvas) return '#000000'
  canvas.fillStyle = color
  canvas.fillRect(0, 0, 1, 1)
  const [r = 0, g = 0, b = 0] = canvas.getImageData(0, 0, 1, 1).data
  return `#${[r, g, b].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
