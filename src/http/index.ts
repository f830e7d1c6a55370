// HTTP: the server and nothing else.
export { createHttpServer, type HttpServer } from './server.ts'
