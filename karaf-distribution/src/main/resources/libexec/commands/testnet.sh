# shellcheck shell=bash
summary_testnet() { echo "start, or --stop, the same network as one process for each validator"; }

usage_testnet() {
  cat <<'TEXT'
usage: hauptbuch testnet [--home DIR] [--validators N] [--port-base N] [--block-time T] [--epoch-length N]
                         [--quantum-resistance on|off] [--vdf-iterations N]
       hauptbuch testnet --add NAME [--checkpoint HEIGHT:HASH] [--home DIR]
       hauptbuch testnet --stop [--home DIR]

Starts one operating-system process for each validator and returns when all have finalized block 3. Where some
already run, only the missing ones are started.

  --add NAME         start one process more in a network that runs: makes its keys and its configuration, and returns
                     when it has all blocks; it follows the chain until it is registered as a validator
  --checkpoint HEIGHT:HASH
                     the new process begins with the state after this block, which you trust, and executes no block
                     before; pos:checkpoint-list on a node of yours names those that have a snapshot
  --stop             stop all of them
  --validators N     1 to 7 (default 4)
  --port-base N      peers N+1 to N+9, shells N+10 to N+18; further ones N+20, N+21, ... (1024 to 65000; default 27000)
  --block-time T     time between blocks, 100ms to 60s (default 1s)
  --epoch-length N   blocks in an epoch, 2 to 1000000 (default 20)
  --quantum-resistance on|off
                     validators sign with Ed25519 and ML-DSA-65 together, or with Ed25519 alone (default on)
  --vdf-iterations N squarings between an epoch's randomness and the seed that it gives (0 to 2^40, 0: no delay;
                     default 5000); hauptbuch vdf-measure says what to set
  --home DIR         default: $HAUPTBUCH_HOME, else .hauptbuch/testnet; each process has DIR/NAME
TEXT
}

command_testnet() {
  parse_options "$CHAIN_OPTIONS --stop --add= --checkpoint=" "$@"
  no_arguments
  if [[ -n ${OPT[--stop]:-} ]]; then stop_testnet; return; fi
  if [[ -n ${OPT[--add]:-} ]]; then add_process "${OPT[--add]}"; return; fi
  [[ -z ${OPT[--checkpoint]:-} ]] || die 2 "--checkpoint: must stand with --add NAME; a running process has blocks already"
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
  ((${#missing[@]} > 0)) || die 1 "$NETWORK_HOME is in use: all of its $(process_names | wc -l) processes run; hauptbuch testnet --stop --home $NETWORK_HOME stops them"
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
  ask_passphrase "$dir"
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
A testnet of $(process_names | wc -l) processes is running and has finalized block $(final_block "$NETWORK_HOME/$name" "$(shell_port "$name")").
  status   hauptbuch status --home $NETWORK_HOME
  command  hauptbuch exec --home $NETWORK_HOME --node alice 'pos:status'
  stop     hauptbuch testnet --stop --home $NETWORK_HOME
TEXT
}

stop_testnet() {
  open_testnet
  stop_network
}

open_testnet() {
  NETWORK_HOME=$(chosen_home testnet)
  read_network || die 1 "$NETWORK_HOME is not a home of Hauptbuch (it has no network.conf)"
}

# add_process NAME: one more process; where there is one of that name that does not run, that is started
add_process() {
  local name=$1 dir runs='' other
  [[ ${OPT[--checkpoint]:-1:$(printf '%064d' 0)} =~ ^[1-9][0-9]{0,17}:[0-9a-f]{64}$ ]] ||
    die 2 "--checkpoint ${OPT[--checkpoint]}: must be HEIGHT:HASH, a block above 0 and 64 hexadecimal digits in lower case"
  open_testnet
  [[ ${NETWORK[kind]} == testnet ]] || die 1 "$NETWORK_HOME is the home of a ${NETWORK[kind]}; pos:node-add in its shell adds a node"
  [[ $name =~ ^[a-z0-9_][a-z0-9_.-]{0,63}$ ]] || die 2 "--add $name: must be 1 to 64 of a-z 0-9 _ . - and not begin with . or -"
  find_java
  need_ssh
  dir=$NETWORK_HOME/$name
  [[ -z ${OPT[--checkpoint]:-} || ! -e $dir/store ]] || die 1 "$name has a store already and goes on from its blocks; --checkpoint is for a new one"
  ! process_pid "$dir" >/dev/null || die 1 "$name runs already in $dir"
  for other in $(process_names); do ! process_pid "$NETWORK_HOME/$other" >/dev/null || runs=yes; done
  [[ -n $runs ]] || die 1 "no process of $NETWORK_HOME runs; hauptbuch testnet --home $NETWORK_HOME starts them"
  if [[ ! -f $dir/etc/org.hauptbuch.node-$name.cfg ]]; then
    "$JAVA" -cp "$(setup_class_path)" org.hauptbuch.node.setup.NodeSetup "$NETWORK_HOME" "$name" "${NETWORK[portBase]}" ||
      die 1 "$name could not be set up; the line above says why"
  fi
  if [[ -n ${OPT[--checkpoint]:-} ]]; then
    printf '# the block, trusted, with whose state it begins\ncheckpoint = %s\n' "${OPT[--checkpoint]}" \
      >>"$dir/etc/org.hauptbuch.node-$name.cfg"
  fi
  need_port "$(peer_port "$name")" "peer port of $name"
  start_process "$name"
  if ! catch_up "$dir" "$(shell_port "$name")" "$name" $(($(now_ms) + 600000)); then
    last_words "$dir"
    die 1 "$name did not catch up; its log is in $dir/log, and hauptbuch testnet --add $name tries again once it is stopped"
  fi
  cat <<TEXT
$name runs and has all blocks (pid $(<"$dir/pid"), peer port $(peer_port "$name"), shell on port $(shell_port "$name")).
  status     hauptbuch exec --home $NETWORK_HOME --node $name 'pos:status'
  validator  hauptbuch exec --home $NETWORK_HOME --node $name 'pos:tx-send --from faucet --to $name 50_000_000'
             hauptbuch exec --home $NETWORK_HOME --node $name 'pos:validator-register --from $name --consensus-key $name-consensus 2_000_000'
TEXT
}
