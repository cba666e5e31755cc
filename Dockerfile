# storyboard for pipelines that run containers: docker build -t storyboard .
FROM python:3.12-slim-bookworm AS built
COPY . /source
RUN python -m venv /opt/storyboard \
 && /opt/storyboard/bin/pip install --no-cache-dir --constraint /source/constraints.txt "/source[studio,cloud,postgres,metrics,otel]"

FROM python:3.12-slim-bookworm
# `state: git` runs git; titles in scripts that join or run from right to left are shaped with FriBiDi,
# and set in Noto's fonts. Add fonts-noto-cjk for Chinese, Japanese and Korean: 90 MB.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends git libfribidi0 fonts-noto-core \
 && rm -rf /var/lib/apt/lists/*
COPY --from=built /opt/storyboard /opt/storyboard
ENV PATH=/opt/storyboard/bin:$PATH
RUN useradd --create-home --uid 1000 storyboard
USER 1000
WORKDIR /work
ENTRYPOINT ["storyboard"]
CMD ["--help"]
