# shellcheck shell=bash
summary_devnet() { echo "start a network of validators in one container, with its shell"; }

usage_devnet() {
  cat <<'TEXT'
usage: hauptbuch devnet [--home DIR] [--detach] [--port-base N] [--block-time T] [--epoch-length N] [--validators N]
                        [--quantum-resistance on|off] [--vdf-iterations N]

Starts one Karaf container with the validators alice, bob, carol, dave, ... and opens its shell. The first start
makes keys, genesis and configuration in the home; a later one goes on from where the chain was.

  --detach           leave it running without a shell; returns when every validator has finalized block 3
  --port-base N      all ports come from this one: shell N, validators N+1, N+2, ... (1024 to 65000; default 27000)
  --block-time T     time between blocks, 100ms to 60s (default 1s)
  --epoch-length N   blocks in an epoch, 2 to 1000000 (default 20)
  --validators N     1 to 7 (default 4)
  --quantum-resistance on|off
                     validators sign with Ed25519 and ML-DSA-65 together, or with Ed25519 alone (default on)
  --vdf-iterations N squarings between an epoch's randomness and the seed that it gives (0 to 2^40, 0: no delay;
                     default 5000); hauptbuch vdf-measure says what to set
  --home DIR         default: $HAUPTBUCH_HOME, else .hauptbuch/devnet

Everything listens on loopback only. The keys are for development: the home has them, encrypted, and in a file
that only you can read the passphrase that opens them.
TEXT
}

command_devnet() {
  parse_options "$CHAIN_OPTIONS --detach" "$@"
  no_arguments
  read_chain_options
  find_java
  [[ -z ${OPT[--detach]:-} ]] || need_ssh
  open_or_make_home devnet
  mkdir -p "$NETWORK_HOME"
  hold_home "$NETWORK_HOME"
  need_port "${NETWORK[portBase]}" "shell"
  need_peer_ports
  set_up_network
  if have ssh-keygen; then make_key "$NETWORK_HOME"; else
    say "no ssh-keygen found: hauptbuch exec will not reach this node"
  fi
  prepare_base "$NETWORK_HOME"
  java_command "$NETWORK_HOME" "${NETWORK[portBase]}" -Xms256m -Xmx2g
  ask_passphrase "$NETWORK_HOME"
  if [[ -z ${OPT[--detach]:-} ]]; then
    say "Starting the devnet in $NETWORK_HOME"
    run_here "$NETWORK_HOME"
  fi
  start_detached
}

start_detached() {
  local deadline
  run_detached "$NETWORK_HOME"
  release_home
  say "Starting the devnet in $NETWORK_HOME (pid $(<"$NETWORK_HOME/pid"))"
  deadline=$(($(now_ms) + 180000))
  if ! wait_final "$NETWORK_HOME" "${NETWORK[portBase]}" "the devnet" 3 "$deadline"; then
    last_words "$NETWORK_HOME"
    stop_process "$NETWORK_HOME" "the devnet"
    die 1 "the devnet did not start; its log is in $NETWORK_HOME/log"
  fi
  cat <<TEXT
A devnet of ${NETWORK[validators]} is running and has finalized block $(final_block "$NETWORK_HOME" "${NETWORK[portBase]}") (pid $(<"$NETWORK_HOME/pid")).
  status   hauptbuch status --home $NETWORK_HOME
  command  hauptbuch exec --home $NETWORK_HOME 'pos:status'
  log      hauptbuch log --home $NETWORK_HOME -f
  stop     hauptbuch stop --home $NETWORK_HOME
TEXT
}
