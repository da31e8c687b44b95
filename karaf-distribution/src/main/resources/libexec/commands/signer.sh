# shellcheck shell=bash
summary_signer() { echo "hold a validator's key in a process of its own and sign for its node"; }

usage_signer() {
  cat <<'TEXT'
usage: hauptbuch signer --home DIR --key NAME [--listen HOST:PORT] [--passphrase-file FILE] [--first-height N]

Opens DIR/keys/NAME.key and signs for the validator's node, in a process of its own that ends with SIGTERM or Ctrl-C. It
signs only what it understands: votes, proposals, votes to roll back, attestations, reveals and proofs of links; and
nothing that contradicts what it signed before, which it keeps in DIR/signer/. Each refusal is one line.

The first start makes DIR/signer.secret. Copy it into the node's home, mode 600, and set in the node's configuration
signer = HOST:PORT in the place of key. What goes over the wire is authenticated, and not secret.

  --key NAME               the validator's consensus key in DIR/keys
  --listen HOST:PORT       where it listens (default 127.0.0.1:27500)
  --passphrase-file FILE   of the key (default: DIR/passphrase, else $HAUPTBUCH_PASSPHRASE, else it is asked for)
  --first-height N         sign nothing below this height, for a key that signed elsewhere before
TEXT
}

command_signer() {
  parse_options "--home= --key= --listen= --passphrase-file= --first-height=" "$@"
  no_arguments
  [[ -n ${OPT[--home]:-} ]] || die 2 "signer needs --home DIR; hauptbuch signer --help"
  [[ -n ${OPT[--key]:-} ]] || die 2 "signer needs --key NAME; hauptbuch signer --help"
  [[ -d ${OPT[--home]} ]] || die 1 "there is no folder ${OPT[--home]}"
  local home name call
  home=$(cd "${OPT[--home]}" && pwd -P)
  call=(--home "$home" --key "${OPT[--key]}" --listen "${OPT[--listen]:-127.0.0.1:27500}")
  for name in --passphrase-file --first-height; do
    [[ -z ${OPT[$name]:-} ]] || call+=("$name" "${OPT[$name]}")
  done
  find_java
  [[ -n ${OPT[--passphrase-file]:-} ]] || ask_passphrase "$home"
  exec "$JAVA" -XX:+UseSerialGC -Xmx128m -cp "$(setup_class_path)" org.hauptbuch.node.signer.SignerMain "${call[@]}"
}
