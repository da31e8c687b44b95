# shellcheck shell=bash
# A network: a devnet is one process with all validators, a testnet one process for each.
# Ports, all on loopback, from the port base B. Devnet: shell B, peers B+1, B+2, ... Testnet: peers B+1 to B+9 with
# their shells at B+10 to B+18, then B+20, B+22, ... with the shell beside each.

# The processes of the network, by name.
process_names() {
  local file
  if [[ ${NETWORK[kind]} == devnet ]]; then echo devnet; return; fi
  for file in "$NETWORK_HOME"/*/etc/org.hauptbuch.node-*.cfg; do
    [[ ! -e $file ]] || basename "$(dirname "$(dirname "$file")")"
  done
}

process_dir() { if [[ ${NETWORK[kind]} == devnet ]]; then echo "$NETWORK_HOME"; else echo "$NETWORK_HOME/$1"; fi; }

# peer_port NAME: where the node of a testnet's process listens
peer_port() { sed -n 's/^bindPort *= *\([0-9][0-9]*\) *$/\1/p' "$NETWORK_HOME/$1/etc/org.hauptbuch.node-$1.cfg"; }

shell_port() {
  local port base=${NETWORK[portBase]}
  if [[ ${NETWORK[kind]} == devnet ]]; then echo "$base"; return; fi
  port=$(peer_port "$1") || return
  [[ -n $port ]] || return
  # it follows from the peer port: a node more does not move the others
  if ((port - base < 10)); then echo $((port + 9)); else echo $((port + 1)); fi
}

# The peer ports of all nodes, in ascending order.
peer_ports() {
  local dir name
  for name in $(process_names); do
    dir=$(process_dir "$name")
    sed -n 's/^bindPort *= *\([0-9][0-9]*\) *$/\1/p' "$dir"/etc/org.hauptbuch.node-*.cfg
  done | sort -n | paste -sd' ' -
}

# chosen_process: --node NAME, else the first
chosen_process() {
  local names name=${OPT[--node]:-}
  mapfile -t names < <(process_names)
  name=${name:-${names[0]}}
  [[ " ${names[*]} " == *" $name "* ]] || die 2 "--node $name: there is none in $NETWORK_HOME, only ${names[*]}"
  printf '%s' "$name"
}

# Makes keys, genesis and configuration, once. An interrupted first start is made again from the beginning.
set_up_network() {
  [[ ${NETWORK[ready]} != yes ]] || return 0
  say "Setting up a ${NETWORK[kind]} of ${NETWORK[validators]} in $NETWORK_HOME"
  mkdir -p "$NETWORK_HOME"
  write_network
  "$JAVA" -cp "$(setup_class_path)" org.hauptbuch.node.setup.NetworkSetup "${NETWORK[kind]}" \
    --home "$NETWORK_HOME" --rules-dir "$DISTRIBUTION/system" --port-base "${NETWORK[portBase]}" \
    --block-time "${NETWORK[blockTimeMillis]}" --epoch-length "${NETWORK[epochLength]}" \
    --validators "${NETWORK[validators]}" --quantum-resistance "${NETWORK[quantumResistance]}" \
    --vdf-iterations "${NETWORK[vdfIterations]}" >&2 || die 1 "the network could not be set up; the lines above say why"
  NETWORK[ready]=yes
  write_network
}

need_peer_ports() {
  local i
  for ((i = 1; i <= NETWORK[validators]; i++)); do
    need_port $((NETWORK[portBase] + i)) "peer port of validator $i"
  done
}

# chain_status DIR PORT: what the node says about its chain, or that it does not answer yet
chain_status() {
  remote "$1" "$2" pos:status 2>/dev/null || echo "(the node does not answer on port $2; it may still be starting)"
}

# stop_network: all processes at a time, or the one that --node names
stop_network() {
  local name names
  names=$(process_names)
  [[ -z ${OPT[--node]:-} ]] || names=$(chosen_process) || exit
  for name in $names; do
    stop_process "$(process_dir "$name")" "$name" &
  done
  wait
}
