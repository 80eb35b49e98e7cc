import { commandsPage } from './commands'
import { errorsPage } from './errors'
import { eventsPage } from './events'
import { llmsPage } from './llms'
import { routesPage } from './routes'
import { tablesPage } from './tables'
import { variablesPage } from './variables'

/** The pages of the reference that are written from the code, by their path. */
export const REFERENCE_PAGES: Readonly<Record<string, () => string>> = {
  'docs/reference/commands.md': commandsPage,
  'docs/reference/errors.md': errorsPage,
  'docs/reference/events.md': eventsPage,
  'docs/reference/routes.md': routesPage,
  'docs/reference/tables.md': tablesPage,
  'docs/reference/variables.md': variablesPage,
  'llms.txt': llmsPage,
}
