# shellcheck shell=bash
# Options of a command. OPT holds those that were given, ARGS what is not an option.

# shellcheck disable=SC2034 # for the commands
declare -A OPT=()
declare -a ARGS=()

# parse_options "--home= --detach -n=" ARG...: a name that ends in = takes a value (--home DIR or --home=DIR).
parse_options() {
  local known=" $1 " name value
  shift
  while (($#)); do
    case $1 in
      -h | --help) "usage_${COMMAND//-/_}"; exit 0 ;;
      --) shift; ARGS+=("$@"); return ;;
      -?*)
        name=${1%%=*}
        if [[ $known == *" $name= "* ]]; then
          if [[ $1 == *=* ]]; then value=${1#*=}; else
            (($# > 1)) || die 2 "$name needs a value"
            value=$2
            shift
          fi
          [[ -n $value ]] || die 2 "$name needs a value"
          OPT[$name]=$value
        elif [[ $known == *" $1 "* ]]; then
          OPT[$1]=yes
        elif [[ $known == *" ... "* && ${#ARGS[@]} -gt 0 ]]; then
          ARGS+=("$1") # an option of the command that is passed on, not of ours
        else
          die 2 "unknown option $1; hauptbuch $COMMAND --help lists them"
        fi
        ;;
      *) ARGS+=("$1") ;;
    esac
    shift
  done
}

no_arguments() { ((${#ARGS[@]} == 0)) || die 2 "$COMMAND takes no argument '${ARGS[0]}'; hauptbuch $COMMAND --help"; }

# whole NAME VALUE MIN MAX: the value as a plain number
whole() {
  { [[ $2 =~ ^[0-9]{1,9}$ ]] && ((10#$2 >= $3 && 10#$2 <= $4)); } || die 2 "$1 $2: must be a whole number from $3 to $4"
  printf '%d' "$((10#$2))"
}

# millis NAME VALUE: a time like 200ms or 1s, in milliseconds
millis() {
  local ms=0
  if [[ $2 =~ ^([0-9]{1,6})(ms|s)$ ]]; then
    ms=$((10#${BASH_REMATCH[1]}))
    [[ ${BASH_REMATCH[2]} == ms ]] || ms=$((ms * 1000))
  fi
  ((ms >= 100 && ms <= 60000)) || die 2 "$1 $2: must be from 100ms to 60s, written like 200ms or 1s"
  printf '%d' "$ms"
}
