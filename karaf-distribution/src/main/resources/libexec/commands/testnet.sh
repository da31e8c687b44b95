# shellcheck shell=bash
summary_testnet() { echo "start, or --stop, the same network as one process for each validator"; }

usage_testnet() {
  cat <<'TEXT'
usage: hauptbuch testnet [--home DIR] [--validators N] [--port-base N] [--block-time T] [--epoch-length N]
                         [--quantum-resistance on|off]
       hauptbuch testnet --stop [--home DIR]

Starts one operating-system process for each validator and returns when all have finalized block 3. Where some
already run, only the missing ones are started.

  --stop             stop all of them
  --validators N     1 to 7 (default 4)
  --port-base N      peers N+1, N+2, ...; shells N+10, N+11, ... (1024 to 65000; default 27000)
  --block-time T     time between blocks, 100ms to 60s (default 1s)
  --epoch-length N   blocks in an epoch, 2 to 1000000 (default 20)
  --quantum-resistance on|off
                     validators sign with Ed25519 and ML-DSA-65 together, or with Ed25519 alone (default on)
  --home DIR         default: $HAUPTBUCH_HOME, else .hauptbuch/testnet; each process has DIR/NAME
TEXT
}

command_testnet() {
  parse_options "$CHAIN_OPTIONS --stop" "$@"
  no_arguments
  if [[ -n ${OPT[--stop]:-} ]]; then stop_testnet; return; fi
  read_chain_options
  find_java
  need_ssh
  open_or_make_home testnet
  local name
  local -a missing=()
  if [[ ${NETWORK[ready]} != yes ]]; then need_peer_ports; fi
  set_up_network
  for name in $(process_names); do
    process_pid "$NETWORK_HOME/$name" >/dev/null || missing+=("$name")
  done
  ((${#missing[@]} > 0)) || die 1 "$NETWORK_HOME is in use: all of its ${NETWORK[validators]} processes run; hauptbuch testnet --stop --home $NETWORK_HOME stops them"
  for name in "${missing[@]}"; do start_process "$name"; done
  await_testnet "${missing[@]}"
}

start_process() {
  local dir=$NETWORK_HOME/$1 port
  port=$(shell_port "$1")
  hold_home "$dir"
  need_port "$port" "shell of $1"
  make_key "$dir"
  prepare_base "$dir"
  java_command "$dir" "$port" -Xmx512m -XX:+UseSerialGC
  run_detached "$dir"
  release_home
  say "Starting $1 (pid $(<"$dir/pid"))"
}

await_testnet() {
  local name started deadline
  deadline=$(($(now_ms) + 180000))
  for name in $(process_names); do
    if ! wait_final "$NETWORK_HOME/$name" "$(shell_port "$name")" "$name" 3 "$deadline"; then
      last_words "$NETWORK_HOME/$name"
      for started; do stop_process "$NETWORK_HOME/$started" "$started"; done
      die 1 "the testnet did not start; its logs are in $NETWORK_HOME/NAME/log"
    fi
  done
  cat <<TEXT
A testnet of ${NETWORK[validators]} processes is running and has finalized block 3.
  status   hauptbuch status --home $NETWORK_HOME
  command  hauptbuch exec --home $NETWORK_HOME --node alice 'pos:status'
  stop     hauptbuch testnet --stop --home $NETWORK_HOME
TEXT
}

stop_testnet() {
  NETWORK_HOME=$(chosen_home testnet)
  read_network || die 1 "$NETWORK_HOME is not a home of Hauptbuch (it has no network.conf)"
  stop_network
}
