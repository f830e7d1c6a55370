// Access: who may call the API, for what, and how often.
export { apiKeysCollection, apiKeyStream, type ApiKey, type ApiKeyEvent, type ApiKeyFields } from './api-key.ts'
export { callersOf, staff, type Caller } from './caller.ts'
export { changeKey, createKey, revokeKey, rotateKey, type KeyRefusal } from './change-key.ts'
export { isAllowed, teamResources, type Right } from './scope.ts'
export { rememberUse, usesCollection, type KeyUse } from './use.ts'
export { idempotentRequestsCollection, type IdempotentRequest } from './request.ts'
export { isSame } from './secret.ts'
