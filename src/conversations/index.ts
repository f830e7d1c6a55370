// Conversations, their messages and threads.
export { beginConversation } from './begin.ts'
export { conversationsCollection, conversationStream, mergedTicket, type Conversation } from './conversation.ts'
export { appendMessage, messagesCollection, statesBefore } from './messages.ts'
export { placeMessage, referenceId, rememberThread, replyToken, threadsCollection, tokenId, type Thread } from './threads.ts'
