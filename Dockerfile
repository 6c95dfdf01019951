# Postern on the official nginx, with which it proves each configuration:
#
#     docker build --tag postern .
#
# The Deployment's other container, nginx itself, has the same image as the second stage here.

FROM swift:6.3-bookworm AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libcurl4-openssl-dev libpcre2-dev libssl-dev \
        libyaml-dev pkg-config
WORKDIR /postern
COPY . .
# Without the toolchain's libraries, and without symbols, which are half of it.
RUN swift build --configuration release --product postern --static-swift-stdlib \
    && install --strip .build/release/postern /usr/local/bin/

FROM nginx:1.30-trixie
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libcurl4t64 libpcre2-8-0 libssl3t64 libyaml-0-2 \
    && rm -rf /var/lib/apt/lists/* \
    && install --directory --owner=101 --group=101 /var/lib/postern
COPY --from=build /usr/local/bin/postern /usr/local/bin/
USER 101:101
# nginx's own image has SIGQUIT, which ends Postern as well; this is what everybody knows.
STOPSIGNAL SIGTERM
ENTRYPOINT ["postern"]
