// Does what dispatch left to a due document.
import type { Core } from '../core.ts'
import type { DispatchAct } from './acts.ts'
import { settleBooking } from './booking.ts'
import { cancelWork } from './follow.ts'
import { letGo, offerWork } from './offer-work.ts'
import { redispatch } from './redispatch.ts'
import { hearEngineer } from './hear-engineer.ts'
import { takeKit } from './take-kit.ts'
import { hearCustomer } from './hear-customer.ts'
import { askAbout, openVisit, propose } from './propose.ts'
import { release } from './release.ts'
import { remind } from './remind.ts'

export async function ringDispatch(core: Core, act: DispatchAct, key: string): Promise<void> {
  switch (act.do) {
    case 'release':
      return release(core, act, key)
    case 'cancel_work':
      return cancelWork(core, act.ticket, key)
    case 'settle':
      return void (await settleBooking(core, act.day, act.booking))
    case 'remind':
      return remind(core, act, key)
    case 'customer_said':
      return hearCustomer(core, act, key)
    case 'propose':
      return propose(core, act, key)
    case 'ask':
      return askAbout(core, act, key)
    case 'offer':
      return offerWork(core, act, key)
    case 'offer_timeout':
      return letGo(core, act, key)
    case 'kit':
      return takeKit(core, act.workOrder, key)
    case 'show_pool':
      for (const channel of core.channels.values()) await channel.showWork?.(act.workOrder, core.door)
      return
    case 'redispatch':
      return redispatch(core, act, key)
    case 'engineer_said':
      return hearEngineer(core, act, key)
    case 'open_visit':
      return openVisit(core, act.ticket, key)
  }
}
