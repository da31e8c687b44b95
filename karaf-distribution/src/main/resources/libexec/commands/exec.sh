# shellcheck shell=bash
summary_exec() { echo "run one shell command in a running node"; }

usage_exec() {
  cat <<'TEXT'
usage: hauptbuch exec [--home DIR] [--node NAME] 'COMMAND'

Runs one command of the node's shell, as in hauptbuch exec 'pos:status --json'. Standard output is the command's and
nothing else; the exit code is 0 when it succeeded, 1 when not.

  --node NAME   in a testnet: the process to ask (default: the first)
  --home DIR    default: $HAUPTBUCH_HOME, else .hauptbuch/devnet
TEXT
}

command_exec() {
  parse_options "--home= --node= ..." "$@"
  ((${#ARGS[@]} > 0)) || die 2 "exec needs a command, as in hauptbuch exec 'pos:status'"
  open_home
  need_ssh
  ask_node "${ARGS[*]}"
}

# ask_node COMMAND: in the chosen process; ends the script with its status
ask_node() {
  local name dir port status=0
  name=$(chosen_process) || exit
  dir=$(process_dir "$name")
  process_pid "$dir" >/dev/null || die 1 "no node runs in $dir; start it with hauptbuch ${NETWORK[kind]} --home $NETWORK_HOME"
  port=$(shell_port "$name")
  remote "$dir" "$port" "$1" || status=$?
  ((status != 255)) || die 1 "the node in $dir does not answer on port $port; it may still be starting"
  exit "$status"
}
