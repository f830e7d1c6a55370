// No loops: two real desks answer each other over real SMTP, and no header tells either that the other is a machine.
import { describe, expect, it } from 'vitest'
import { twoDesks } from './two-desks.ts'

describe('two desks that answer each other', () => {
  // One conversation would end after five answers anyway, when the bot calls a person; six of them go on for ever without the budget.
  it.each([1, 6])(
    'send at most three answers each in ten minutes, and a person is told, when %i mails set them off',
    async (mails) => {
      const ledger = await twoDesks({ mails, quietSeconds: 7, seconds: 0, runaway: 50 })
      expect(Math.max(...ledger.mails)).toBe(3)
      expect(ledger.tasks.flat()).toContain('answers_held')
    },
    180_000,
  )
})
