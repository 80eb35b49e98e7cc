import { BRAND } from '@/lib/brand'

export const contentType = 'image/svg+xml'

/** The mark on a square of its color. Made once, when the application is built. */
export default function Icon(): Response {
  const { accent, onAccent } = BRAND.colors
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><rect width="20" height="20" rx="4.5" fill="${accent.light}"/><path d="${BRAND.mark}" fill="none" stroke="${onAccent.light}" stroke-width="1.5" stroke-linecap="round"/></svg>`
  return new Response(svg, { headers: { 'content-type': contentType } })
}
