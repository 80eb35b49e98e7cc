import type { ComponentProps, ReactNode } from 'react'
import { Header } from './header'

type Props = ComponentProps<typeof Header> & { children: ReactNode; wide?: boolean }

/** The frame of a page: header, then one column; settings read at 680 px, plans need 1120. */
export function Shell({ children, wide = false, ...header }: Props) {
  return (
    <>
      <Header {...header} />
      <main
        id="main"
        tabIndex={-1}
        className={`mx-auto w-full px-5 outline-none ${wide ? 'max-w-[1120px]' : 'max-w-[720px]'}`}
      >
        {children}
      </main>
    </>
  )
}
