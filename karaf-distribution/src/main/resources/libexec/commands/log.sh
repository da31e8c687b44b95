# shellcheck shell=bash
summary_log() { echo "show the log of a node"; }

usage_log() {
  cat <<'TEXT'
usage: hauptbuch log [--home DIR] [--node NAME] [-f] [-n N]

  -f            go on as the log grows, until Ctrl-C
  -n N          the last N lines, 1 to 1000000 (default 50)
  --node NAME   in a testnet: whose (default: the first)
  --home DIR    default: $HAUPTBUCH_HOME, else .hauptbuch/devnet
TEXT
}

command_log() {
  parse_options "--home= --node= -f -n=" "$@"
  no_arguments
  open_home
  local lines name file
  lines=$(whole -n "${OPT[-n]:-50}" 1 1000000) || exit
  name=$(chosen_process) || exit
  file=$(process_dir "$name")/log/hauptbuch.log
  [[ -f $file ]] || die 1 "there is no log yet ($file); the node has not been started"
  if [[ -n ${OPT[-f]:-} ]]; then exec tail -n "$lines" -F "$file"; else exec tail -n "$lines" "$file"; fi
}
