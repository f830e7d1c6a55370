// The pages that customers open by a link of theirs.
import type { Route } from '../../channel.ts'
import type { Core } from '../../core.ts'
import { stylesRoute } from './page.ts'
import { quotePage } from './quote.ts'
import { statusPage } from './status/index.ts'
import { surveyPage } from './survey.ts'
import { unsubscribePage } from './unsubscribe.ts'

export function linkedRoutes(core: Core): Route[] {
  return [stylesRoute(), ...surveyPage(core), ...quotePage(core), ...statusPage(core), ...unsubscribePage(core)]
}
