# shellcheck shell=bash
# Speaking to people. Standard output is for results; all else goes to standard error.

say() { printf '%s\n' "$*" >&2; }

# die STATUS MESSAGE...: one line, and out. 2 is a wrong call, 1 a call that could not be carried out.
die() {
  local status=$1
  shift
  printf 'hauptbuch: %s\n' "$*" >&2
  exit "$status"
}

have() { command -v "$1" >/dev/null 2>&1; }

# Milliseconds of some clock; only differences mean anything.
now_ms() {
  local t=${EPOCHREALTIME/[.,]/}
  printf '%s' "${t%???}"
}

# progress TEXT: one line that is written over on a terminal; elsewhere a line for each text that is new
PROGRESS=
progress() {
  [[ $1 != "$PROGRESS" ]] || return 0
  if [[ -t 2 ]]; then printf '\r\033[K%s' "$1" >&2; else say "$1"; fi
  PROGRESS=$1
}

progress_end() {
  [[ -z $PROGRESS || ! -t 2 ]] || printf '\n' >&2
  PROGRESS=
}
