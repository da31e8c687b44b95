# shellcheck shell=bash
summary_bench() { echo "put load on a running network and report what it finalizes"; }

usage_bench() {
  cat <<'TEXT'
usage: hauptbuch bench [--home DIR] [--seconds N] [--json]

Sends signed transfers to a running network and reports finalized transactions per second, latency to finality, the
machine's signature limit and the share of it that was reached.

  --seconds N   how long, 1 to 3600 (default: the node's)
  --json        for programs
  --home DIR    default: $HAUPTBUCH_HOME, else .hauptbuch/devnet
TEXT
}

command_bench() {
  parse_options "--home= --node= --seconds= --json" "$@"
  no_arguments
  local line=pos:bench seconds
  if [[ -n ${OPT[--seconds]:-} ]]; then
    seconds=$(whole --seconds "${OPT[--seconds]}" 1 3600) || exit
    line+=" --seconds $seconds"
  fi
  [[ -z ${OPT[--json]:-} ]] || line+=" --json"
  # shellcheck source=/dev/null
  . "$DISTRIBUTION/libexec/commands/exec.sh"
  open_home
  need_ssh
  ask_node "$line"
}
