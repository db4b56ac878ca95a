#!/usr/bin/env bash
# Sees to it that a Chromium is there for the outside tests: found, or installed where we are allowed to, or asked for.
set -euo pipefail
found() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
found >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq </dev/null
  apt-get install -y -qq --no-install-recommends chromium </dev/null >/dev/null
fi
found >/dev/null || {
  echo 'Cần trình duyệt Chromium (Debian, Ubuntu: apt install chromium).' >&2
  echo 'A Chromium browser is needed (Debian, Ubuntu: apt install chromium).' >&2
  exit 1
}
