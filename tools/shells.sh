#!/usr/bin/env bash
# Sees to it that zsh and fish are there for the outside tests: found, or installed where we are allowed to, or asked for.
set -euo pipefail
found() { command -v zsh && command -v fish; }
found >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq </dev/null
  apt-get install -y -qq --no-install-recommends zsh fish </dev/null >/dev/null
fi
found >/dev/null || {
  echo 'Cần zsh và fish (Debian, Ubuntu: apt install zsh fish).' >&2
  echo 'zsh and fish are needed (Debian, Ubuntu: apt install zsh fish).' >&2
  exit 1
}
