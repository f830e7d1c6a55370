// HTTP: the server and nothing else.
export { createHttpServer, gatewayRoutes, type HttpServer } from './server.ts'
