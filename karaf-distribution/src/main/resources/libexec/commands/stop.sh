# shellcheck shell=bash
summary_stop() { echo "stop a network cleanly; its data stays"; }

usage_stop() {
  cat <<'TEXT'
usage: hauptbuch stop [--home DIR] [--node NAME]

Stops the network of a home, all of its processes. Stopping one that does not run is no error.

  --node NAME   in a testnet: stop this process only
  --home DIR    default: $HAUPTBUCH_HOME, else .hauptbuch/devnet
TEXT
}

command_stop() {
  parse_options "--home= --node=" "$@"
  no_arguments
  open_home
  stop_network
}
