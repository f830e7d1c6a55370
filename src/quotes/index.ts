// Quotes: offers for repairs that cost something, decided by the customer on any channel.
export { decideInConversation, decideQuote, expireQuote, type DecideResult } from './decide.ts'
export { draft, review, send, withdraw, type QuoteAct, type QuoteRefusal } from './act.ts'
export { isCurrency, money, priceList } from './money.ts'
export { readQuoteLines, writeQuoteLines } from './read-lines.ts'
export {
  openVersion,
  quoteOf,
  quotesCollection,
  quoteStates,
  quoteStream,
  totalOf,
  type Evidence,
  type Quote,
  type QuoteContent,
  type QuoteDecision,
  type QuoteLine,
  type QuoteState,
  type QuoteVersion,
} from './quote.ts'
