import type { CSSProperties } from 'react'
import { BRAND, type LightDark } from '@/lib/brand'

const both = ({ light, dark }: LightDark) => `light-dark(${light}, ${dark})`

/** The brand's colors on <html>, for app/styles/tokens.css. React's type knows no custom properties. */
export const BRAND_COLORS = {
  '--brand-paper': both(BRAND.colors.paper),
  '--brand-accent': both(BRAND.colors.accent),
  '--brand-on-accent': both(BRAND.colors.onAccent),
} as CSSProperties
