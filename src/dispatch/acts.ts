// What dispatch leaves to a due document: each is done once in effect, however often it is woken.

export type DispatchAct =
  /** The booking of an earlier round stands in an engineer's way. */
  | { do: 'release'; day: string; workOrder: string; round: number }
  /** The ticket is over without the work: so is the work. */
  | { do: 'cancel_work'; ticket: string }
  /** A booked time is to be agreed upon, or given free again. */
  | { do: 'settle'; day: string; booking: string }
  /** Somebody comes soon. */
  | { do: 'remind'; workOrder: string; round: number }
