# shellcheck shell=bash
summary_verify_chain() { echo "execute a node's stored chain again and check all of it"; }

usage_verify_chain() {
  cat <<'TEXT'
usage: hauptbuch verify-chain [--home DIR] [--node NAME] [--json]

Executes the stored chain of a running node again, from genesis to its last final block, each block under the rules of
its time, and checks every certificate, signature and state root. Takes about a millisecond a block and more for full
ones; the node goes on meanwhile. Exit code: 0 all of it is right, 1 not.

  --node NAME   whose store (default: the first)
  --json        the report as JSON
  --home DIR    default: $HAUPTBUCH_HOME, else .hauptbuch/devnet
TEXT
}

command_verify_chain() {
  parse_options "--home= --node= --json" "$@"
  no_arguments
  local line=pos:chain-verify
  [[ -z ${OPT[--json]:-} ]] || line+=" --json"
  # shellcheck source=/dev/null
  . "$DISTRIBUTION/libexec/commands/exec.sh"
  open_home
  need_ssh
  ask_node "$line"
}
