# shellcheck shell=bash
summary_attack() { echo "carry out an attack in a simulation, without and with its mitigation"; }

usage_attack() {
  cat <<'TEXT'
usage: hauptbuch attack ATTACK [--seed N] [--stake N] [--epochs N] [--json FILE] [--svg FILE]

Carries out one of the specification's four attacks in a simulation of its own, for stakes from 5 % to 45 %: first
without the mitigation, then with it. No network is touched and none is needed. The same seed gives the same report.

  nothing-at-stake   sign for both sides of a partition, pay twice   against it: slashing
  long-range         rewrite history with the keys of those who left against it: checkpoints
  grinding           withhold reveals to choose the next seed        against it: a verifiable delay function
  collusion          censor for as long as one's blocks follow       against it: random selection

  --seed N      what everything is drawn from, 0 to 999999999 (default: 1)
  --stake N     only this stake of the attacker, 1 to 45 percent
  --epochs N    grinding and collusion: how long to measure, 100 to 1000000 (default: 50000, about a minute)
  --json FILE   the report for programs as well
  --svg FILE    a picture as well

Exit code: 0 the attack succeeds without the mitigation and fails with it, 1 it does not, 2 a wrong call.
TEXT
}

command_attack() {
  parse_options "--seed= --stake= --epochs= --json= --svg=" "$@"
  ((${#ARGS[@]} > 0)) || die 2 "attack needs one of: nothing-at-stake, long-range, grinding, collusion"
  ((${#ARGS[@]} == 1)) || die 2 "attack takes one attack, not also '${ARGS[1]}'; hauptbuch attack --help"
  local name value options=()
  case ${ARGS[0]} in
    nothing-at-stake | long-range | grinding | collusion) ;;
    *) die 2 "there is no attack '${ARGS[0]}'; must be nothing-at-stake, long-range, grinding or collusion" ;;
  esac
  if [[ -n ${OPT[--seed]:-} ]]; then
    value=$(whole --seed "${OPT[--seed]}" 0 999999999) || exit
    options+=(--seed "$value")
  fi
  if [[ -n ${OPT[--stake]:-} ]]; then
    value=$(whole --stake "${OPT[--stake]}" 1 45) || exit
    options+=(--stake "$value")
  fi
  if [[ -n ${OPT[--epochs]:-} ]]; then
    value=$(whole --epochs "${OPT[--epochs]}" 100 1000000) || exit
    options+=(--epochs "$value")
  fi
  for name in --json --svg; do
    [[ -z ${OPT[$name]:-} ]] || options+=("$name" "${OPT[$name]}")
  done
  find_java
  exec "$JAVA" -XX:+UseSerialGC -Dorg.ops4j.pax.logging.DefaultServiceLog.level=NONE -cp "$(attack_class_path)" \
    org.hauptbuch.attacks.Main "${ARGS[0]}" "${options[@]}"
}
