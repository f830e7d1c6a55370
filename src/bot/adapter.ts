// A Bot Framework adapter that sends nothing: while a turn runs it only collects, and intake commits what was collected.
import { ActivityTypes, BotAdapter, TurnContext } from 'botbuilder'
import type { Activity, ConversationReference, ResourceResponse } from 'botbuilder'

type Logic = (context: TurnContext) => Promise<void>

/** One for each turn. Errors are not caught here: `onTurnError` stays unset, so that a failed turn fails. */
export class CollectingAdapter extends BotAdapter {
  readonly sent: Partial<Activity>[] = []

  /** The customer wrote. */
  async receive(activity: Partial<Activity>, logic: Logic): Promise<void> {
    await this.runMiddleware(new TurnContext(this, activity), logic)
  }

  /** We speak first: news, a question, an alarm. */
  override async continueConversation(reference: Partial<ConversationReference>, logic: Logic): Promise<void> {
    const activity = TurnContext.applyConversationReference({ type: ActivityTypes.Event, name: 'continueConversation' }, reference, true)
    await this.runMiddleware(new TurnContext(this, activity), logic)
  }

  override async sendActivities(_context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    this.sent.push(...activities)
    return activities.map(() => ({ id: '' }))
  }

  override async updateActivity(): Promise<void> {
    throw new Error('what was said in a turn is not changed afterwards: say it again in the next one')
  }

  override async deleteActivity(): Promise<void> {
    throw new Error('what was said in a turn is not taken back afterwards')
  }
}
