# shellcheck shell=bash
# A home: all that one network keeps. What the chain was started with is in network.conf, one key=value a line.
#
#   network.conf genesis.json keys/   the network            etc/    configuration, copied to Karaf at each start
#   passphrase   opens the keys
#   rules/       rule jars to stage   log/                   karaf/  Karaf's own; may be deleted while it is stopped
#
# In a testnet each process has a home of the same shape in a folder named after its validator.

NETWORK_HOME=
declare -A NETWORK=()

# The home that was asked for, which need not exist yet; KIND is devnet or testnet.
chosen_home() {
  local dir=${OPT[--home]:-${HAUPTBUCH_HOME:-.hauptbuch/$1}}
  [[ $dir == /* ]] || dir=$PWD/$dir
  if [[ -d $dir ]]; then (cd "$dir" && pwd -P); else printf '%s' "$dir"; fi
}

# Opens an existing home, for commands that do not make one.
open_home() {
  if [[ -z ${OPT[--home]:-} && -z ${HAUPTBUCH_HOME:-} && ! -e .hauptbuch/devnet && ! -e .hauptbuch/testnet ]]; then
    die 1 "no network in this folder (.hauptbuch/devnet); start one with hauptbuch devnet, or name its --home"
  fi
  NETWORK_HOME=$(chosen_home devnet)
  if [[ -z ${OPT[--home]:-} && -z ${HAUPTBUCH_HOME:-} && ! -e .hauptbuch/devnet ]]; then
    NETWORK_HOME=$(chosen_home testnet)
  fi
  read_network || die 1 "$NETWORK_HOME is not a home of Hauptbuch (it has no network.conf)"
}

read_network() {
  local key value
  NETWORK=()
  [[ -f $NETWORK_HOME/network.conf ]] || return 1
  while IFS='=' read -r key value; do
    [[ -z $key || $key == '#'* ]] || NETWORK[$key]=$value
  done <"$NETWORK_HOME/network.conf"
  [[ -n ${NETWORK[kind]:-} && -n ${NETWORK[validators]:-} && -n ${NETWORK[portBase]:-} ]] ||
    die 1 "$NETWORK_HOME/network.conf is damaged: kind, validators or portBase is missing"
  # a home that is older than the option
  : "${NETWORK[quantumResistance]:=off}" "${NETWORK[vdfIterations]:=5000}"
}

write_network() {
  local key
  {
    echo '# What this network was started with. Written by hauptbuch; not to be edited.'
    for key in kind portBase blockTimeMillis epochLength validators quantumResistance vdfIterations ready; do
      printf '%s=%s\n' "$key" "${NETWORK[$key]}"
    done
  } >"$NETWORK_HOME/network.conf.new"
  mv -f "$NETWORK_HOME/network.conf.new" "$NETWORK_HOME/network.conf"
}

# open_or_make_home KIND: from the options, or from what the home was first started with
open_or_make_home() {
  local kind=$1
  NETWORK_HOME=$(chosen_home "$kind")
  if read_network; then
    [[ ${NETWORK[kind]} == "$kind" ]] || die 1 "$NETWORK_HOME is the home of a ${NETWORK[kind]}, not of a $kind"
    same_as_before
  else
    is_empty "$NETWORK_HOME" || die 1 "$NETWORK_HOME is not a home of Hauptbuch (it has files but no network.conf)"
    NETWORK=([kind]=$kind [portBase]=27000 [blockTimeMillis]=1000 [epochLength]=20 [validators]=4
      [quantumResistance]=on [vdfIterations]=5000 [ready]=no)
    local key
    for key in "${!ASKED[@]}"; do NETWORK[$key]=${ASKED[$key]}; done
  fi
}

# The chain options as asked for; only what was given.
declare -A ASKED=()
# shellcheck disable=SC2034 # for the commands
readonly CHAIN_OPTIONS="--home= --port-base= --block-time= --epoch-length= --validators= --quantum-resistance= --vdf-iterations="

read_chain_options() {
  local value
  if [[ -n ${OPT[--port-base]:-} ]]; then
    value=$(whole --port-base "${OPT[--port-base]}" 1024 65000) || exit
    ASKED[portBase]=$value
  fi
  if [[ -n ${OPT[--block-time]:-} ]]; then
    value=$(millis --block-time "${OPT[--block-time]}") || exit
    ASKED[blockTimeMillis]=$value
  fi
  if [[ -n ${OPT[--epoch-length]:-} ]]; then
    value=$(whole --epoch-length "${OPT[--epoch-length]}" 2 1000000) || exit
    ASKED[epochLength]=$value
  fi
  if [[ -n ${OPT[--validators]:-} ]]; then
    value=$(whole --validators "${OPT[--validators]}" 1 7) || exit
    ASKED[validators]=$value
  fi
  if [[ -n ${OPT[--quantum-resistance]:-} ]]; then
    [[ ${OPT[--quantum-resistance]} == on || ${OPT[--quantum-resistance]} == off ]] ||
      die 2 "--quantum-resistance ${OPT[--quantum-resistance]}: must be on or off"
    ASKED[quantumResistance]=${OPT[--quantum-resistance]}
  fi
  if [[ -n ${OPT[--vdf-iterations]:-} ]]; then
    value=$(whole --vdf-iterations "${OPT[--vdf-iterations]}" 0 1099511627776) || exit
    ASKED[vdfIterations]=$value
  fi
}

# A chain keeps the parameters of its genesis.
same_as_before() {
  local key
  for key in "${!ASKED[@]}"; do
    [[ ${NETWORK[$key]} == "${ASKED[$key]}" ]] ||
      die 1 "$NETWORK_HOME was started with $(in_words "$key" "${NETWORK[$key]}") and keeps it; use another --home for $(in_words "$key" "${ASKED[$key]}")"
  done
}

in_words() {
  case $1 in
    portBase) printf -- '--port-base %s' "$2" ;;
    blockTimeMillis) printf -- '--block-time %sms' "$2" ;;
    epochLength) printf -- '--epoch-length %s' "$2" ;;
    quantumResistance) printf -- '--quantum-resistance %s' "$2" ;;
    vdfIterations) printf -- '--vdf-iterations %s' "$2" ;;
    *) printf -- '--%s %s' "$1" "$2" ;;
  esac
}

# A lock alone is what a start leaves that found a port in use.
is_empty() { [[ ! -e $1 ]] || { [[ -d $1 ]] && [[ -z $(find "$1" -mindepth 1 ! -name lock -print -quit) ]]; }; }
