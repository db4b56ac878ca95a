#!/usr/bin/env bash
# Looks for what must never be committed: addresses of package indexes, and paths of the machine someone worked on.
set -euo pipefail
cd "$(dirname "$0")/.."
bad=0
refuse() {  # refuse REASON HITS
  [ -z "$2" ] && return
  printf '%s:\n%s\n' "$1" "$2" >&2
  bad=1
}

# A lock file is names, versions, markers and hashes. Anything else (an address, an option) is refused.
for lock in requirements.lock requirements-dev.lock; do
  refuse "$lock holds more than names, versions and hashes" \
    "$(grep -nvE '^([A-Za-z0-9._-]+(\[[a-z,]+\])?==[^ ]+( ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?)$' "$lock" || true)"
done

tracked() {  # tracked PATTERN PATHSPEC...: hits in what git knows, or is about to; this file spells the patterns, so not here
  local pattern=$1
  shift
  git grep -nIE --untracked -e "$pattern" -- "$@" ':!tools/hygiene.sh' || true
}
refuse 'an index address or option' "$(tracked '(index|registry)[-_]?url|find[-_]links|"resolved": *"|https?://[^ "]*/simple/?([ "]|$)' .)"
# A path from the root of the machine; the same letters inside a web address are none of our business.
refuse 'a path of one machine' "$(tracked '(^|[^A-Za-z0-9._~%/-])/(work|root|home|tmp|Users)/' . ':!tests')"

# The hosts that this very machine fetches packages from, whatever they are.
hosts=$({ python3 -m pip config list; env | grep -E '^(PIP|UV|NPM_CONFIG|npm_config)_'; npm config get registry; } 2>/dev/null |
  grep -oE '://[A-Za-z0-9.-]+' | sed 's|://||' | grep -F . | sort -u || true)
for host in $hosts; do
  refuse "the host of this machine's package index" "$(tracked "${host//./\\.}" .)"
done
exit "$bad"
