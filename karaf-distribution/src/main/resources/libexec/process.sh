# shellcheck shell=bash
# One operating-system process: a Karaf container whose KARAF_BASE is DIR/karaf. The distribution itself is only read.

# process_pid DIR: prints the pid while the process runs
process_pid() {
  local pid
  [[ -f $1/pid ]] && read -r pid <"$1/pid" && [[ $pid =~ ^[0-9]+$ ]] || return 1
  # a pid is given away again: look whether it is ours
  [[ $(process_command "$pid") == *"-Dkaraf.base=$1/karaf "* ]] || return 1
  printf '%s' "$pid"
}

process_command() {
  if [[ -r /proc/$1/cmdline ]]; then
    tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null
  else
    ps -ww -p "$1" -o command= 2>/dev/null || true
  fi
}

# hold_home DIR: the process keeps the lock for as long as it lives, a kill -9 included. Where there is no flock, the
# pid has to do.
hold_home() {
  local pid
  if pid=$(process_pid "$1"); then
    die 1 "$1 is in use by a running node (pid $pid); hauptbuch stop --home $NETWORK_HOME stops it"
  fi
  if have flock; then
    exec {LOCK}>"$1/lock"
    # who was killed a moment ago may still be giving back its memory
    flock -w 5 "$LOCK" || die 1 "$1 is in use: another hauptbuch is starting or stopping a node there"
  fi
}

release_home() { [[ -z ${LOCK:-} ]] || exec {LOCK}>&-; }

port_is_open() { (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# port_holder PORT: prints home and pid of the network of ours that uses it, where that can be known
port_holder() {
  local file arg home port
  for file in /proc/[0-9]*/cmdline; do
    home='' port=''
    while IFS= read -r -d '' arg; do
      case $arg in
        -Dhauptbuch.home=*) home=${arg#*=} ;;
        -Dhauptbuch.ssh.port=*) port=${arg#*=} ;;
      esac
    done 2>/dev/null <"$file" || true
    [[ -n $home ]] || continue
    if [[ $port == "$1" ]] || grep -qsE "^bindPort *= *$1\$" "$home"/etc/org.hauptbuch.node-*.cfg; then
      # a process of a testnet has a folder in the home
      [[ -f $home/network.conf || ! -f ${home%/*}/network.conf ]] || home=${home%/*}
      file=${file%/cmdline}
      printf '%s (pid %s)' "$home" "${file#/proc/}"
      return 0
    fi
  done
  return 1
}

# need_port PORT WHAT
need_port() {
  local holder
  ! port_is_open "$1" && return 0
  if holder=$(port_holder "$1"); then
    die 1 "port $1 ($2) is in use by the network in $holder; hauptbuch stop --home ${holder% (pid *} stops it, or start with another --home and --port-base"
  fi
  die 1 "port $1 ($2) is in use; stop what uses it, or start with another --home and --port-base"
}

# Changes whenever another distribution is unpacked or built here: the file system's own change times cannot be set.
distribution_stamp() {
  find "$DISTRIBUTION/etc" "$DISTRIBUTION/lib" "$DISTRIBUTION/system" -type f -printf '%p %s %C@\n' | sort | cksum
}

# prepare_base DIR: Karaf's folder for this distribution, with the home's configuration in it
prepare_base() {
  local base=$1/karaf stamp file
  stamp=$(distribution_stamp)
  mkdir -p "$base" "$1/log" "$1/rules" "$1/etc"
  if [[ ! -f $base/stamp || $(<"$base/stamp") != "$stamp" ]]; then
    # bundles and etc/ of another distribution do not fit this one; nothing of the chain is in here
    rm -rf "${base:?}/etc" "${base:?}/data"
    cp -R "$DISTRIBUTION/etc" "$base/etc"
    printf '%s\n' "$stamp" >"$base/stamp"
  fi
  mkdir -p "$base/data/tmp"
  for file in "$base"/etc/org.hauptbuch.*.cfg; do
    [[ -e $1/etc/${file##*/} || ! -e $file ]] || rm -f "$file"
  done
  for file in "$DISTRIBUTION"/etc/org.hauptbuch.*.cfg; do
    [[ ! -e $file ]] || cp -f "$file" "$base/etc/"
  done
  for file in "$1"/etc/*.cfg; do
    [[ ! -e $file ]] || cp -f "$file" "$base/etc/"
  done
  admit_key "$1"
}

# The one key that may log in; there is no user with a password.
admit_key() {
  local key=
  [[ ! -f $1/ssh/key.pub ]] || key=$(cut -d' ' -f2 "$1/ssh/key.pub")
  {
    echo '# Written at each start from the key of this home (ssh/key.pub).'
    [[ -z $key ]] || echo "hauptbuch=$key,_g_:admingroup"
    echo '_g_\:admingroup = group,admin,manager,viewer,systembundles,ssh'
  } >"$1/karaf/etc/keys.properties"
}

# java_command DIR SSH_PORT OPTION...: the command line, in JAVA_COMMAND. What stands between the options of memory
# and those of Karaf's folders is what Karaf 4.4's own bin/karaf gives.
declare -a JAVA_COMMAND=()
java_command() {
  local dir=$1 port=$2 base=$1/karaf lib=$DISTRIBUTION/lib jar module class_path=""
  shift 2
  local -a more=()
  read -ra more <<<"${HAUPTBUCH_JAVA_OPTS:-}"
  for jar in "$lib"/boot/*.jar "$lib"/jdk9plus/*.jar; do class_path+=${class_path:+:}$jar; done
  JAVA_COMMAND=("$JAVA" "$@" -XX:+ExitOnOutOfMemoryError "-XX:ErrorFile=$dir/log/hs_err_%p.log"
    "${more[@]}"
    -Djava.security.manager=allow
    --add-reads=java.xml=java.logging
    "--add-exports=java.base/org.apache.karaf.specs.locator=java.xml,ALL-UNNAMED"
    --patch-module java.base="$(echo "$lib"/endorsed/org.apache.karaf.specs.locator-*.jar)"
    --patch-module java.xml="$(echo "$lib"/endorsed/org.apache.karaf.specs.java.xml-*.jar)")
  for module in java.base/java.security java.base/java.net java.base/java.lang java.base/java.util \
    java.naming/javax.naming.spi java.rmi/sun.rmi.transport.tcp; do
    JAVA_COMMAND+=("--add-opens=$module=ALL-UNNAMED")
  done
  for module in java.base/sun.net.www.protocol.file java.base/sun.net.www.protocol.ftp \
    java.base/sun.net.www.protocol.http java.base/sun.net.www.protocol.https java.base/sun.net.www.protocol.jar \
    java.base/sun.net.www.content.text jdk.xml.dom/org.w3c.dom.html jdk.naming.rmi/com.sun.jndi.url.rmi \
    java.rmi/sun.rmi.registry java.security.sasl/com.sun.security.sasl java.naming/com.sun.jndi.ldap; do
    JAVA_COMMAND+=("--add-exports=$module=ALL-UNNAMED")
  done
  JAVA_COMMAND+=(
    "-Dkaraf.home=$DISTRIBUTION"
    "-Dkaraf.base=$base"
    "-Dkaraf.data=$base/data"
    "-Dkaraf.etc=$base/etc"
    "-Dkaraf.log=$dir/log"
    "-Dkaraf.instances=$base/instances"
    "-Dkaraf.history=$dir/log/shell.history"
    "-Dkaraf.startRemoteShell=true"
    "-Djava.io.tmpdir=$base/data/tmp"
    "-Djava.util.logging.config.file=$base/etc/java.util.logging.properties"
    "-Djava.awt.headless=true"
    "-Dhauptbuch.home=$dir"
    "-Dhauptbuch.ssh.port=$port"
    -classpath "$class_path" org.apache.karaf.main.Main)
}

# ask_passphrase DIR: where the keys of the home are encrypted with what is in no file and not in the environment, and
# there is somebody to ask, the node gets it in its environment. Without it, the node says what it lacks.
ask_passphrase() {
  [[ -z ${HAUPTBUCH_PASSPHRASE:-} && ! -f $1/passphrase && -t 0 && -t 2 ]] || return 0
  compgen -G "$1/keys/*.key" >/dev/null || return 0
  ! grep -qsE '^passphraseFile *= *[^ ]' "$1"/etc/org.hauptbuch.node-*.cfg || return 0
  read -rsp "Passphrase of the keys in $1: " HAUPTBUCH_PASSPHRASE
  printf '\n' >&2
  export HAUPTBUCH_PASSPHRASE
}

# run_here DIR: becomes the node; with Karaf's shell on a terminal, with the log on standard output elsewhere
run_here() {
  local -a mode=(-Dkaraf.startLocalConsole=true -Dhauptbuch.console=true)
  [[ -t 0 && -t 1 ]] || mode=(-Dkaraf.startLocalConsole=false -Dkaraf.log.console=INFO)
  printf '%s\n' "$$" >"$1/pid"
  unset CLASSPATH
  cd "$1" || exit
  exec "${JAVA_COMMAND[0]}" "${mode[@]}" "${JAVA_COMMAND[@]:1}"
}

# run_detached DIR: leaves it running without a terminal
run_detached() {
  local dir=$1
  (
    unset CLASSPATH
    cd "$dir" || exit
    exec setsid nohup "${JAVA_COMMAND[0]}" -Dkaraf.startLocalConsole=false "${JAVA_COMMAND[@]:1}"
  ) </dev/null >"$dir/log/console.log" 2>&1 &
  local pid=$!
  printf '%s\n' "$pid" >"$dir/pid"
  disown
  # until it has become the node, its command line is still ours
  until process_pid "$dir" >/dev/null || ! kill -0 "$pid" 2>/dev/null; do sleep 0.02; done
}

# stop_process DIR NAME: SIGTERM is a clean stop; what does not go within half a minute is killed
readonly STOP_SECONDS=30
stop_process() {
  local pid begin
  begin=$(now_ms)
  pid=$(process_pid "$1") || { say "$2 is not running"; return 0; }
  kill -TERM "$pid" 2>/dev/null || true
  while process_pid "$1" >/dev/null; do
    if (($(now_ms) - begin > STOP_SECONDS * 1000)); then
      say "$2 (pid $pid) did not stop within $STOP_SECONDS s: killing it; its chain stays whole"
      kill -KILL "$pid" 2>/dev/null || true
      sleep 0.5
      break
    fi
    sleep 0.1
  done
  rm -f "$1/pid"
  say "$2 stopped (pid $pid, $(($(now_ms) - begin)) ms)"
}

# wait_final DIR PORT NAME HEIGHT DEADLINE_MS: until every validator of the process has finalized the block
wait_final() {
  local left
  while :; do
    left=$(($5 - $(now_ms)))
    ((left > 0)) || { say "$3 has not finalized block $4 in time"; return 1; }
    process_pid "$1" >/dev/null || { say "$3 has ended"; return 1; }
    if port_is_open "$2" && REMOTE_SECONDS=$((left / 1000 + 1)) remote "$1" "$2" "pos:wait --final $4" >/dev/null 2>&1; then
      return 0
    fi
    sleep 0.3
  done
}

# catch_up DIR PORT NAME DEADLINE_MS: until the node is within one block of the highest of its peers, with a line that
# says how far it is
catch_up() {
  local own=0 best=0 name other
  while (($(now_ms) < $4)); do
    process_pid "$1" >/dev/null || { progress_end; say "$3 has ended"; return 1; }
    own=$(final_block "$1" "$2")
    best=0
    for name in $(process_names); do
      if [[ $name == "$3" ]] || ! process_pid "$NETWORK_HOME/$name" >/dev/null; then continue; fi
      other=$(final_block "$NETWORK_HOME/$name" "$(shell_port "$name")")
      ((other <= best)) || best=$other
      ((best == 0)) || break
    done
    if ((own == 0)); then progress "$3 is starting"; else progress "$3 has block $own of $best"; fi
    if ((best > 0 && own >= best - 1)); then progress_end; return 0; fi
    sleep 0.3
  done
  progress_end
  say "$3 has not caught up in time: it has block $own of $best"
  return 1
}

# final_block DIR PORT: the last final block there, 0 where it does not answer
final_block() {
  local said=
  ! port_is_open "$2" || said=$(REMOTE_SECONDS=10 remote "$1" "$2" "pos:node-list --json" 2>/dev/null) || said=
  said=$(grep -o '"finalizedHeight":[0-9]*' <<<"$said" | head -n 1 | cut -d: -f2) || said=
  printf '%s' "${said:-0}"
}

# last_words DIR: the end of the log, for one who has to find out why
last_words() {
  local file
  for file in "$1/log/hauptbuch.log" "$1/log/console.log"; do
    [[ ! -s $file ]] || { say "--- last lines of $file"; tail -n 15 "$file" >&2; }
  done
}
