# shellcheck shell=bash
# Shell commands in a running node, over ssh with the key of its home. The user's own ssh configuration, keys and
# known hosts are neither read nor written.

need_ssh() {
  { have ssh && have ssh-keygen; } || die 1 "no ssh found: hauptbuch $COMMAND needs the OpenSSH client (package openssh-client)"
}

# make_key DIR: the key that opens the shell of this home. ECDSA: Karaf's ssh takes no ed25519 key.
make_key() {
  mkdir -p "$1/ssh"
  while [[ ! -f $1/ssh/key ]] || misread_key "$1/ssh/key.pub"; do
    rm -f "$1/ssh/key" "$1/ssh/key.pub"
    ssh-keygen -q -t ecdsa -b 256 -N '' -C hauptbuch -f "$1/ssh/key" || return
  done
}

# misread_key FILE: whether Karaf 4.4 would refuse this public key of ours. Its PublickeyLoginModule takes the
# coordinates for signed numbers, so one that begins with nine set bits loses its first byte: one key in 256.
misread_key() {
  local kind body bytes
  { [[ -f $1 ]] && read -r kind body _ <"$1" && [[ $kind == ecdsa-sha2-nistp256 ]]; } || return 1
  # RFC 5656, section 3.1: 39 bytes of names and lengths, 0x04, x and y of 32 bytes each
  bytes=$(base64 -d <<<"$body" | od -An -v -tx1 | tr -d ' \n')
  [[ ${bytes:80:3} == ff[89a-f] || ${bytes:144:3} == ff[89a-f] ]]
}

# remote DIR PORT COMMAND: its output is the command's, its status 0 or not; 255 when nothing answered, 124 after
# REMOTE_SECONDS where that is set. known_hosts lies beside the host key, so that both go when Karaf's folder is deleted.
# Karaf may hang up before ssh has read the exit status, so the command says by a last line of its own that it is done.
remote() {
  local mark=hauptbuch-done-$$-$RANDOM said status=0
  said=$(mktemp -d) || return
  remote_marked "$1" "$2" "$3" "$mark" "$said" || status=$?
  if [[ -s $said/mark ]]; then status=0; elif ((status == 0 || status == 255)) && [[ -s $said/first ]]; then status=1; fi
  rm -rf "$said"
  return "$status"
}

# remote_marked DIR PORT COMMAND MARK SAID: SAID/first is there where anything was said, SAID/mark where it ended well
remote_marked() {
  # in ssh's own options a path stands in quotes, and a percent sign in it is doubled
  local hosts=${1//%/%%}/karaf/known_hosts
  local -a limit=()
  [[ -z ${REMOTE_SECONDS:-} ]] || limit=(timeout "$REMOTE_SECONDS")
  {
    "${limit[@]}" ssh -n -T -q -F /dev/null -p "$2" -i "$1/ssh/key" \
      -o IdentitiesOnly=yes -o BatchMode=yes -o ConnectTimeout=5 -o ServerAliveInterval=15 \
      -o StrictHostKeyChecking=accept-new -o "UserKnownHostsFile=\"$hosts\"" \
      hauptbuch@127.0.0.1 "$3; shell:echo $4" 2>&1 >&3 | plain_errors >&2
  } 3>&1 | unmarked "$4" "$5" | plain_output
}

# Takes the mark out of the output.
unmarked() { sed -u -n -e "1w $2/first" -e "/^$1\$/{w $2/mark" -e 'd;}' -e p; }

# Karaf prints what went wrong on standard output, in red: it belongs on standard error.
plain_output() {
  sed -u -n -e $'/^\033\\[31m/{s/\033\\[[0-9;]*m//g;s/^Error executing command: //;w /dev/stderr' -e 'd;}' -e p
}

# ssh remarks that the other side hung up, as it should.
plain_errors() { sed -u -e $'s/\033\\[[0-9;]*m//g' -e '/^Connection to 127.0.0.1 closed by remote host/d'; }
