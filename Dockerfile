# A small image that runs unprivileged. Built in two steps, so that neither the bundler nor npm's cache stay in it.
FROM node:26-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# With the optional packages: the bundler's native part is one.
RUN npm ci --omit=dev
COPY src ./src
COPY channels ./channels
COPY flows ./flows
COPY web ./web
# The image has its own Node, and what is built needs no bundler.
RUN npm run build && rm -r web && npm pkg delete dependencies.vite && npm prune --omit=dev --omit=optional

FROM node:26-slim
ENV NODE_ENV=production DATA_DIR=/data
WORKDIR /app
COPY --from=build /app ./
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000 2525
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["node", "-e", "fetch('http://localhost:'+(process.env.PORT||3000)+'/healthz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
CMD ["node", "src/main.ts"]
