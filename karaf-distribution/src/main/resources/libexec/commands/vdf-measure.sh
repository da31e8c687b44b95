# shellcheck shell=bash
summary_vdf_measure() { echo "measure this machine's delay function and say what to set"; }

usage_vdf_measure() {
  cat <<'TEXT'
usage: hauptbuch vdf-measure [--seconds N] [--bits N] [--block-time T] [--epoch-length N] [--slower K] [--json]

Measures how many squarings of the delay function this machine does in a second, in one thread, and says what to set as
vdfIterations in a chain's genesis. It talks to no network and keeps nothing.

The output of one epoch's mix must be in a block before the next epoch ends. The advice gives the slowest validator, K
times slower than this machine, half of an epoch; the rest is for the proof, late blocks and proposers that leave it
out. Where an output is late all the same, the last seed is stretched and the chain goes on. The delay is for nothing
where the proposer of an epoch's last block can know the output before its block is due: the last line says how much
faster than this machine its processor would have to be. A longer epoch gives more.

  --seconds N        how long to count squarings, 1 to 600 (default 10)
  --bits N           of the discriminant, 256 to 4096, a multiple of 16 (default 1024)
  --block-time T     the chain's, 100ms to 60s (default 12s)
  --epoch-length N   the chain's, 2 to 1000000 (default 100)
  --slower K         how many times slower the slowest validator may be, 1 to 1000 (default 10)
  --json             for programs
  --home DIR         is not used: nothing of a network is read
TEXT
}

command_vdf_measure() {
  parse_options "--home= --seconds= --bits= --block-time= --epoch-length= --slower= --json" "$@"
  no_arguments
  local call=() value
  if [[ -n ${OPT[--seconds]:-} ]]; then
    value=$(whole --seconds "${OPT[--seconds]}" 1 600) || exit
    call+=(--seconds "$value")
  fi
  if [[ -n ${OPT[--bits]:-} ]]; then
    value=$(whole --bits "${OPT[--bits]}" 256 4096) || exit
    ((value % 16 == 0)) || die 2 "--bits $value: must be a multiple of 16"
    call+=(--bits "$value")
  fi
  if [[ -n ${OPT[--block-time]:-} ]]; then
    value=$(millis --block-time "${OPT[--block-time]}") || exit
    call+=(--block-time "$value")
  fi
  if [[ -n ${OPT[--epoch-length]:-} ]]; then
    value=$(whole --epoch-length "${OPT[--epoch-length]}" 2 1000000) || exit
    call+=(--epoch-length "$value")
  fi
  if [[ -n ${OPT[--slower]:-} ]]; then
    value=$(whole --slower "${OPT[--slower]}" 1 1000) || exit
    call+=(--slower "$value")
  fi
  [[ -z ${OPT[--json]:-} ]] || call+=(--json)
  find_java
  exec "$JAVA" -cp "$(setup_class_path)" org.hauptbuch.vdf.wesolowski.Measure "${call[@]}"
}
