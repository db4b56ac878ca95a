#!/bin/sh
# Cài kientruc cho một người dùng, không cần mạng và không cần quyền quản trị:  sh install.sh [THƯ MỤC]
# Installs kientruc for one user, without a network and without rights:  sh install.sh [FOLDER]
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
into=${1:-"$HOME/.local/share/kientruc"}
python=${PYTHON:-python3}
commands=${KIENTRUC_BIN:-"$HOME/.local/bin"}
say() { printf '%s\n%s\n' "$1" "$2" >&2; }

"$python" -c 'import sys; v = "%d.%d" % sys.version_info[:2]; sys.exit(v not in "@pythons@".split())' || {
  say "Cần Python @pythons@ (x64); '$python' không phải. Ví dụ: PYTHON=python3.12 sh install.sh" \
    "Python @pythons@ (x64) is needed; '$python' is not. For instance: PYTHON=python3.12 sh install.sh"
  exit 2
}
(cd "$here" && sha256sum --check --quiet --strict SHA256SUMS) || {
  say "Có tệp đã bị đổi hoặc thiếu: không cài. Hãy chép lại cả thư mục." \
    "A file was changed or is missing: nothing is installed. Copy the whole folder again."
  exit 3
}
"$python" -c 'import venv, ensurepip' 2>/dev/null || {
  say "'$python' thiếu mô-đun venv hoặc pip (Debian, Ubuntu: gói python3-venv)." \
    "'$python' lacks venv or pip (Debian, Ubuntu: the package python3-venv)."
  exit 2
}
"$python" -m venv --clear "$into"
# No setting of this machine may send pip anywhere else.
PIP_CONFIG_FILE=/dev/null "$into/bin/python" -m pip --isolated --disable-pip-version-check --quiet install \
  --no-index -f "$here" --no-cache-dir --only-binary :all: --require-hashes -r "$here/requirements.txt"
mkdir -p "$commands"
ln -sf "$into/bin/kientruc" "$commands/kientruc"
"$into/bin/kientruc" --version
case ":$PATH:" in
  *":$commands:"*) ;;
  *) say "Thêm thư mục này vào PATH: $commands" "Add this folder to PATH: $commands" ;;
esac
