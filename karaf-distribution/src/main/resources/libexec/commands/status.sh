# shellcheck shell=bash
summary_status() { echo "say whether a network runs, and how its chain is doing"; }

usage_status() {
  cat <<'TEXT'
usage: hauptbuch status [--home DIR]

Says what runs in a home, with pid and ports, and what the chain does. Exit code: 0 all of it runs, 3 not.

  --home DIR   default: $HAUPTBUCH_HOME, else .hauptbuch/devnet
TEXT
}

command_status() {
  parse_options "--home=" "$@"
  no_arguments
  open_home
  local name pid dir status=0 first=""
  printf 'home      %s\n' "$NETWORK_HOME"
  printf 'network   %s of %s, block time %s ms, epochs of %s blocks\n' "${NETWORK[kind]}" "${NETWORK[validators]}" \
    "${NETWORK[blockTimeMillis]}" "${NETWORK[epochLength]}"
  printf 'peers     127.0.0.1, ports %s\n' "$(peer_ports)"
  for name in $(process_names); do
    dir=$(process_dir "$name")
    if pid=$(process_pid "$dir"); then
      printf '%-9s running, pid %s, shell on port %s\n' "$name" "$pid" "$(shell_port "$name")"
      first=${first:-$name}
    else
      printf '%-9s not running\n' "$name"
      status=3
    fi
  done
  if [[ -n $first ]] && have ssh; then
    echo
    chain_status "$(process_dir "$first")" "$(shell_port "$first")"
  fi
  exit "$status"
}
