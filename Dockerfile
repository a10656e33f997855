# Base images are pinned by tag, so that a rebuild takes up the security fixes of Debian and Node. Pin them by digest where
# the same image has to come out every time.

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build

# The image brings its own Node, and a browser only in `runtime-chromium`: of the optional packages none is needed.
FROM build AS production
RUN npm prune --omit=dev --omit=optional

# The server runs from its TypeScript sources. They belong to root, so that it cannot change its own code.
FROM node:24-bookworm-slim AS runtime
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8787 MAGPIE_DATA_DIR=/data
WORKDIR /app
COPY --from=production /app/package.json /app/LICENSE ./
COPY --from=production /app/node_modules ./node_modules
COPY --from=production /app/shaders ./shaders
COPY --from=production /app/demo ./demo
COPY --from=production /app/shared ./shared
COPY --from=production /app/server ./server
COPY --from=production /app/dist ./dist
RUN install --directory --owner=1000 --group=1000 /data
# By number: Kubernetes' runAsNonRoot cannot look a name up. 1000 is the base image's "node".
USER 1000:1000
VOLUME /data
EXPOSE 8787
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["node", "server/healthcheck.ts"]
CMD ["node", "server/cli.ts", "serve"]

# With a browser, for shops whose pages are built by scripts ("render": true).
FROM runtime AS runtime-chromium
USER 0:0
# hadolint ignore=DL3008 # Debian keeps only the newest Chromium of a release, so a pinned version stops building.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends chromium \
  && rm -rf /var/lib/apt/lists/*
COPY --from=build /app/node_modules/playwright-core ./node_modules/playwright-core
# Chromium writes beside its profile too, and Compose leaves only this folder writable.
ENV HOME=/tmp
USER 1000:1000

# With the Vulkan loader, for trainings on a GPU. The driver comes from the host by the NVIDIA Container Toolkit; its
# Vulkan library is linked against X11's client libraries, though no display is used.
FROM runtime AS runtime-vulkan
USER 0:0
# hadolint ignore=DL3008 # As above: Debian's stable release is the pin.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends libvulkan1 libx11-6 libxext6 \
  && rm -rf /var/lib/apt/lists/*
USER 1000:1000
ENV NVIDIA_VISIBLE_DEVICES=all NVIDIA_DRIVER_CAPABILITIES=graphics,compute,utility

# What `docker build .` makes where no --target is given.
FROM runtime AS default
