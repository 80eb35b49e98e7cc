import type { Parts } from './parts'

/** Shows the bank's page over the page until its question is answered. */
export function modalPart(parts: Parts): Parts['modal'] {
  return ({ id }) =>
    new Promise((resolve) => {
      const before = document.activeElement
      const dialog = document.createElement('dialog')
      dialog.setAttribute('aria-label', '3D Secure')
      Object.assign(dialog.style, {
        boxSizing: 'border-box',
        width: 'min(480px, 100%)',
        maxWidth: '100%',
        border: '0',
        borderRadius: '12px',
        padding: '0',
      })
      const inside = document.createElement('div')
      dialog.append(inside)
      document.body.append(dialog)
      // The cardholder answers by a button: a dialog that is closed by a key has no answer.
      dialog.addEventListener('cancel', (event) => event.preventDefault())
      const frame = parts.frame(
        inside,
        `/3ds/${id}?embedded=1`,
        '3D Secure authentication',
        (message) => {
          if (message.sandbox !== 'answered') return
          frame.remove()
          dialog.close()
          dialog.remove()
          if (before instanceof HTMLElement) before.focus()
          resolve()
        },
      )
      const shown = inside.querySelector('iframe')
      if (shown) shown.style.height = '520px'
      dialog.showModal()
    })
}
