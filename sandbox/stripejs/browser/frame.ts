import type { FrameMessage, Parts } from './parts'

/** Puts an iframe of ours into a page, and receives its messages: from that frame and from our origin only. */
export function framePart(parts: Parts): Parts['frame'] {
  return (where, path, title, hear) => {
    const place = typeof where === 'string' ? document.querySelector(where) : where
    if (!place)
      throw new Error(
        `IntegrationError: The selector you specified (${where}) applies to no DOM elements that are currently on the page. Make sure the element exists on the page before calling mount().`,
      )
    const iframe = document.createElement('iframe')
    iframe.src = parts.base + path
    iframe.title = title
    iframe.setAttribute('allow', 'payment *')
    Object.assign(iframe.style, { border: '0', width: '100%', display: 'block', minHeight: '60px' })
    // As Stripe's: wider by what the rings around its fields need, so that the fields stand in line with the page.
    if (path.startsWith('/elements/'))
      Object.assign(iframe.style, { margin: '-4px', width: 'calc(100% + 8px)', maxWidth: 'none' })
    const onMessage = ({ source, origin, data }: MessageEvent) => {
      if (source !== iframe.contentWindow || origin !== parts.base) return
      const message = data as FrameMessage
      if (!message.sandbox) return
      if (message.sandbox === 'height') iframe.style.height = `${message.height}px`
      else hear(message)
    }
    addEventListener('message', onMessage)
    place.replaceChildren(iframe)
    return {
      say: (message) => iframe.contentWindow?.postMessage(message, parts.base),
      focus: () => iframe.focus(),
      remove() {
        removeEventListener('message', onMessage)
        iframe.remove()
      },
    }
  }
}
