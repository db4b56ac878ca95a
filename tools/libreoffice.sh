#!/usr/bin/env bash
# Sees to it that LibreOffice Writer, Impress and poppler are there for the outside tests: found, or installed, or asked for.
set -euo pipefail
found() {
  command -v soffice && command -v pdftotext && command -v pdfinfo || return 1
  folder=$(dirname "$(readlink -f "$(command -v soffice)")")
  ls "$folder"/libswlo.* "$folder"/libsdlo.* # the parts of it that read papers and slides
}
found >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq </dev/null
  apt-get install -y -qq --no-install-recommends libreoffice-writer libreoffice-impress poppler-utils </dev/null >/dev/null
fi
found >/dev/null 2>&1 || {
  echo 'Cần LibreOffice Writer, Impress và poppler (Debian, Ubuntu: apt install libreoffice-writer libreoffice-impress poppler-utils).' >&2
  echo 'LibreOffice Writer, Impress and poppler are needed (Debian, Ubuntu: apt install libreoffice-writer libreoffice-impress poppler-utils).' >&2
  exit 1
}
