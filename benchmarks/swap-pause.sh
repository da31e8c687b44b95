#!/usr/bin/env bash
#
# Measures what a swap of consensus rules costs: a testnet of four processes under load changes its rules again and again,
# and every node records the time from the commit of a block to the proposal of the next. Writes swap-pause.json (all
# samples) and swap-pause.svg into benchmarks/results. The clocks are the nodes' own: nothing is compared across processes.
#
# usage: benchmarks/swap-pause.sh [SWAPS [TRANSFERS_A_SECOND [RULE_A RULE_B]]]     (50, 200, the two selectors)
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

SWAPS=${1:-50} RATE=${2:-200}
RULES=("${3:-selection=selection.roundrobin:0.1.0}" "${4:-selection=selection.weighted:0.1.0}")
BLOCK_MILLIS=200 EPOCH=10
NAMES=(alice bob carol dave)
RESULTS=benchmarks/results
WORK=$(mktemp -d)
NET=$WORK/net

cleanup() {
  ./hauptbuch testnet --stop --home "$NET" >/dev/null 2>&1 || true
  rm -rf "$WORK"
}
trap cleanup EXIT
trap 'exit 1' INT TERM
trap 'echo "failed in line $LINENO" >&2' ERR

shell() { ./hauptbuch exec --home "$NET" --node "$1" "$2"; }
number() { sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p"; }

./hauptbuch testnet --home "$NET" --block-time ${BLOCK_MILLIS}ms --epoch-length $EPOCH --port-base "${PORT_BASE:-27700}"

# two epochs a swap, and time to warm up before and to end after
SECONDS_OF_LOAD=$((SWAPS * 2 * EPOCH * BLOCK_MILLIS / 1000 + 20))
echo "Load: $RATE transfers a second for $SECONDS_OF_LOAD s; $SWAPS swaps"
shell alice "pos:bench --rate $RATE --seconds $SECONDS_OF_LOAD --json" >"$WORK/load.json" &
load=$!
# accounts are funded and the machine's signature limit is taken before the load begins
for ((i = 0; i < 60; i++)); do
  transfers=$(shell alice 'pos:block-list --count 1 --json' | number transactions)
  ((transfers < RATE * BLOCK_MILLIS / 2000)) || break
  sleep 1
done
# who came up some seconds after the others, or could not keep up while the load began, is jailed for that
for ((i = 0; i < 60; i++)); do
  idle=0
  for name in "${NAMES[@]}"; do
    if [[ $(shell "$name" 'pos:status --json') == *'"signing":false'* ]]; then
      idle=1
      shell "$name" "pos:unjail --from $name" >/dev/null 2>&1 || true
    fi
  done
  ((idle)) || break
  sleep 2
done
((!idle)) || { echo "not every validator signs: this machine is too busy" >&2; exit 1; }
sleep 5
first=$(shell alice 'pos:status --json' | number finalizedHeight)

swapping=()
for name in "${NAMES[@]}"; do
  rules=
  [[ $name != alice ]] || rules=${RULES[*]}
  shell "$name" "pos:bench-swaps --swaps $SWAPS --timeout $((SECONDS_OF_LOAD + 60)) --json $rules" >"$WORK/$name.swaps" &
  swapping+=($!)
done
for process in "${swapping[@]}"; do
  wait "$process" || { tail -n +1 "$WORK"/*.swaps >&2; exit 1; }
done
last=$(shell alice 'pos:status --json' | number finalizedHeight)
((last > first))
wait "$load" || { cat "$WORK/load.json" >&2; exit 1; }

mkdir -p "$RESULTS"
for name in "${NAMES[@]}"; do
  # in pages: a long answer may be cut off by the shell server; what was cut is asked again
  for ((height = first; height <= last; height += 200)); do
    for ((i = 0; i < 5; i++)); do
      page=$(shell "$name" "pos:block-timings --from $height --count 200 --json") && break
    done
    echo "$page" >>"$WORK/$name.timings"
  done
done
submitted=$(number submitted <"$WORK/load.json") refused=$(number refused <"$WORK/load.json")
failed=$(number failed <"$WORK/load.json") lost=$(number unfinished <"$WORK/load.json")
cat >"$WORK/facts.json" <<JSON
{"swaps":$SWAPS,"rules":["${RULES[0]}","${RULES[1]}"],"processes":4,"blockTimeMillis":$BLOCK_MILLIS,"epochLength":$EPOCH,
"cores":$(nproc),"loadAverage":$(cut -d' ' -f1 /proc/loadavg),"transfersASecond":$RATE,"submitted":$submitted,
"refused":$refused,"final":$((submitted - lost)),"failed":$failed,"lost":$lost}
JSON
javac -d "$WORK/classes" benchmarks/src/main/java/org/hauptbuch/benchmarks/SwapPause{,Plot}.java
java -cp "$WORK/classes" org.hauptbuch.benchmarks.SwapPause "$WORK" $BLOCK_MILLIS $EPOCH "$first" "$last" "$WORK/facts.json"
cp "$WORK/swap-pause.json" "$WORK/swap-pause.svg" "$RESULTS/"
echo "transfers: $submitted sent, $((submitted - lost)) final, $failed failed, $lost lost, $refused refused on submission"
