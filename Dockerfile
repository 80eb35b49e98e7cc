# docker build -t ledgerline . && docker run -p 3000:3000 --env-file .env.production ledgerline
# docs/how-to/self-host.md says which variables, and compose.yaml brings the rest.

FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
RUN npm ci

# Migrations, the worker, the doctor: `docker build --target tools`.
FROM dependencies AS tools
COPY --chown=node:node . .
USER node
CMD ["npm", "run", "worker"]

FROM dependencies AS build
COPY . .
# The same one for every build, or left out: docs/how-to/self-host.md.
ARG NEXT_SERVER_ACTIONS_ENCRYPTION_KEY
RUN npm run build -- --standalone

FROM node:24-bookworm-slim AS app
WORKDIR /app
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOSTNAME=0.0.0.0 PORT=3000
COPY --from=build --chown=node:node /app/.next/standalone ./
USER node
EXPOSE 3000
# It lives while it answers: what is not well is for a monitor, and no reason to start it again.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/api/health').then(r=>process.exit(r.status<600?0:1),()=>process.exit(1))"]
# node is process 1 and hears SIGTERM itself: it answers what it has taken, does what follows, and ends.
STOPSIGNAL SIGTERM
CMD ["node", "server.js"]
