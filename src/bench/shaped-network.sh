#!/usr/bin/env bash
# Measures training steps on a real standalone cluster whose machines are network namespaces, joined by links of
# 1 Gbit/s. The table that it writes is what CostModel reads to fit a model to it.
#
# Usage: src/bench/shaped-network.sh [TABLE]
#
#   TABLE  where the measured table goes (target/shaped-network.md)
#
# Needs root (or the right to make network namespaces), Debian's iproute2, a built project (mvn package) and the study's
# digits (./submit.sh prepare). Where namespaces or tc are not permitted it says why and does nothing. Environment:
#
#   BATCHES    batch sizes ("512 2048")
#   EXECUTORS  numbers of one-core executors with one worker each, ascending ("1 2 4 8")
#   ENCODINGS  what crosses the network, from two executors on ("factored dense")
#   RATE       of each link in each direction, as tc writes it (1gbit)
#   DELAY      what each link adds to a packet, one way. A packet between executor and driver crosses two links, so that
#              it takes twice this, and a round trip four times (0.1ms). A kernel without netem adds none.
#   STEPS      about as many steps are trained, of which the later half counts (60)
#
# The machines: one for master and driver, one an executor, and a hub that holds nothing but the bridge between them. No
# link leads out of them.
set -euo pipefail

readonly BATCHES=${BATCHES:-512 2048} EXECUTORS=${EXECUTORS:-1 2 4 8} ENCODINGS=${ENCODINGS:-factored dense}
readonly RATE=${RATE:-1gbit} DELAY=${DELAY:-0.1ms} STEPS=${STEPS:-60}
readonly ROWS=4000 RUN_LIMIT=170 START_LIMIT=60
# What tc lets through at once after a pause: more than the largest packet that a veth carries (64 KiB and headers).
readonly BURST=80kb

project=$(cd "$(dirname "$(readlink -f -- "${BASH_SOURCE[0]}")")/../.." && pwd -P)
readonly project
readonly table=${1:-$project/target/shaped-network.md}
readonly home=$project/target/spark-home
readonly train=$project/dataset/paper/train.csv
readonly prefix=bench$$
readonly hub=$prefix-hub driver=$prefix-driver
readonly master=10.77.0.254

skip() { printf 'skipped: %s\n' "$1" && exit 0; }
say() { printf '%s\n' "$*" >&2; }
die() { say "shaped-network.sh: $1" && exit 1; }

namespaces=()
missing=no
folder=''

# pids of all that was started here: daemons, executors, and a driver cut off by Ctrl-C
running() {
  local name
  for name in "${namespaces[@]}"; do
    ip netns pids "$name"
  done
}

# end SIGNAL: to all, and waits a little
end() {
  local pid tries
  for ((tries = 0; tries < 20; tries++)); do
    [[ -n $(running) ]] || break
    for pid in $(running); do
      kill "-$1" "$pid" 2>/dev/null || true
    done
    sleep 0.2
  done
}

clean_up() {
  local status=$? name
  trap '' EXIT INT TERM
  end TERM
  end KILL
  for name in "${namespaces[@]}"; do
    ip netns delete "$name" || true # and its links
  done
  if [[ -n $folder ]]; then rm -rf "$folder"; fi
  exit "$status"
}

check() {
  local needed
  for needed in ip tc; do
    command -v "$needed" >/dev/null || skip "there is no $needed; Debian's package iproute2 has it"
  done
  if ! why=$(ip netns add "$hub" 2>&1); then
    skip "network namespaces are not permitted ($why)"
  fi
  namespaces+=("$hub")
  why=$(ip -n "$hub" link add bridge type bridge 2>&1) || skip "a bridge is not permitted ($why)"
  why=$(ip -n "$hub" link add try0 type veth peer name try1 2>&1) || skip "veth pairs are not permitted ($why)"
  why=$(tc -n "$hub" qdisc add dev try0 root tbf rate "$RATE" burst "$BURST" latency 100ms 2>&1) ||
    skip "tc may not shape a link ($why)"
  delayed=no
  if tc -n "$hub" qdisc replace dev try0 root netem delay "$DELAY" 2>/dev/null; then
    delayed=yes
  else
    say "note: this kernel has no netem (CONFIG_NET_SCH_NETEM): the links have their rate, but no delay of $DELAY"
  fi
  ip -n "$hub" link delete try0
  [[ -f $project/target/spark-autoencoder.jar && -d $home/jars ]] ||
    die 'the project is not built: mvn package -DskipTests'
  [[ -f $train ]] || die 'the study'\''s digits are missing: ./submit.sh prepare'
}

# shape NAMESPACE DEVICE: what leaves by it. The delay is outside of the rate's queue, which is tc's documented order.
shape() {
  local parent=(root)
  if [[ $delayed == yes ]]; then
    tc -n "$1" qdisc add dev "$2" root handle 1: netem delay "$DELAY" limit 100000
    parent=(parent 1:1 handle 10:)
  fi
  tc -n "$1" qdisc add dev "$2" "${parent[@]}" tbf rate "$RATE" burst "$BURST" latency 500ms
}

# machine NAMESPACE ADDRESS PORT: one more, on a port of the bridge
machine() {
  ip netns add "$1"
  namespaces+=("$1")
  ip -n "$1" link set lo up
  ip -n "$hub" link add "$3" type veth peer name eth0 netns "$1"
  ip -n "$hub" link set "$3" master bridge up
  ip -n "$1" address add "$2/24" dev eth0
  ip -n "$1" link set eth0 up
  shape "$hub" "$3"
  shape "$1" eth0
}

# daemon NAMESPACE ADDRESS LOG CLASS ARGUMENTS...
daemon() {
  local name=$1 address=$2 log=$3 class=$4
  shift 4
  SPARK_HOME=$home SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_IP=$address ip netns exec "$name" \
    "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx256m -XX:+IgnoreUnrecognizedVMOptions -XX:TieredStopAtLevel=1 \
    -XX:+UseSerialGC --add-opens=java.base/java.lang=ALL-UNNAMED --add-opens=java.base/java.nio=ALL-UNNAMED \
    --add-opens=java.base/sun.nio.ch=ALL-UNNAMED --add-opens=java.base/java.util=ALL-UNNAMED \
    --add-opens=java.base/java.util.concurrent=ALL-UNNAMED -cp "$home/jars/*" "org.apache.spark.deploy.$class" \
    --host "$address" --webui-port 0 "$@" >"$log" 2>&1 </dev/null &
  disown # or bash tells of its end
}

# await LOG TEXT TIMES
await() {
  local until=$((SECONDS + START_LIMIT))
  while (($(grep -cs -- "$2" "$1" || true) + 0 < $3)); do
    ((SECONDS < until)) || die "not within $START_LIMIT s: $2; the log says: $(tail -n 3 "$1")"
    sleep 0.2
  done
}

start_cluster() {
  local i most=${EXECUTORS##* }
  ip -n "$hub" link set bridge up
  machine "$driver" "$master" driver
  daemon "$driver" "$master" "$folder/master.log" master.Master --port 7077
  await "$folder/master.log" 'I have been elected leader' 1
  for ((i = 1; i <= most; i++)); do
    machine "$prefix-$i" "10.77.0.$i" "executor$i"
    daemon "$prefix-$i" "10.77.0.$i" "$folder/worker$i.log" worker.Worker --cores 1 --memory 1g \
      --work-dir "$folder/work$i" "spark://$master:7077"
  done
  await "$folder/master.log" 'Registering worker' "$most"
}

# Bytes that the driver's machine has received and sent.
traffic() {
  ip netns exec "$driver" cat /sys/class/net/eth0/statistics/rx_bytes /sys/class/net/eth0/statistics/tx_bytes | xargs
}

# train BATCH ENCODING EXECUTORS: leaves a run of that name, and in $folder/bytes the bytes of a step into and out of the
# driver, counted between the lines of two epochs, when nothing but steps crosses the network.
train() {
  local steps=$(((ROWS + $1 - 1) / $1)) run=b$1-$2-$3 line epoch first='' last='' from to
  local epochs=$(((STEPS + steps - 1) / steps))
  while IFS= read -r line; do
    [[ $line =~ ^epoch\ +([0-9]+)\ of ]] || continue
    epoch=${BASH_REMATCH[1]}
    if [[ -z $first ]]; then
      first=$epoch from=$(traffic)
    fi
    last=$epoch to=$(traffic)
  done < <(SPARK_LOCAL_IP=$master SPARK_HOME=$home ip netns exec "$driver" timeout "$RUN_LIMIT" \
    "$project/submit.sh" --master "spark://$master:7077" --conf spark.cores.max="$3" --conf spark.executor.cores=1 \
    --conf spark.ui.enabled=false --conf spark.driver.host="$master" --executor-memory 768m --driver-memory 2g \
    train --train "$train" --run-id "$run" --out "$folder/results" --epochs "$epochs" --batch-size "$1" \
    --workers "$3" --encoding "$2" --no-early-stop --progress plain </dev/null 2>"$folder/$run.log")
  if [[ -z $first || $last -le $first ]]; then
    die "$run did not train: $(tail -n 5 "$folder/$run.log")"
  fi
  awk -v run="$run" -v steps=$(((last - first) * steps)) '{ print run, ($3 - $1) / steps, ($4 - $2) / steps }' \
    <<<"$from $to" >>"$folder/bytes"
  say "$run: done"
}

# Trains in a job, because bash acts on Ctrl-C while it waits for one, not while it reads; a second time where executors did
# not come in time. A run that fails again is missing in the table, and the script fails in the end.
await_train() {
  local try
  for try in 1 2; do
    train "$@" &
    if wait "$!"; then return; fi
    say "that was try $try of 2"
    rm -rf "$folder"/results/*/run_id="b$1-$2-$3" "$folder/results/models/b$1-$2-$3"
  done
  missing=yes
}

# The median epoch's time and parts, in milliseconds a step, of the later half of the epochs: run, step, compute, copy,
# wire, wait.
times() {
  "$project/submit.sh" --master 'local[1]' results --out "$folder/results" --sql "
    SELECT run_id, 1000 * s / n, 1000 * c / n, 1000 * k / n, 1000 * w / n, 1000 * t / n FROM (
      SELECT r.run_id, ceil($ROWS / r.batch_size) AS n, percentile(e.seconds, 0.5) AS s,
        percentile(e.compute_seconds, 0.5) AS c, percentile(e.copy_seconds, 0.5) AS k,
        percentile(e.wire_seconds, 0.5) AS w, percentile(e.wait_seconds, 0.5) AS t
      FROM runs r JOIN epochs e USING (run_id) WHERE e.epoch >= r.epochs / 2 GROUP BY r.run_id, r.batch_size)" \
    2>>"$folder/results.log" | grep '^b[0-9]'
}

# The driver's link sends while it receives, so that the larger direction is what takes the time.
print_table() {
  local rate
  rate=$(awk -v rate="$RATE" 'BEGIN { print rate * (rate ~ /gbit/ ? 125e6 : 125e3) }') # bytes a second
  times >"$folder/times"
  printf '| batch | encoding | executors | step ms | compute | copy | wire | wait | bytes in | bytes out | link ms |\n'
  printf '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n'
  while read -r run in out; do
    awk -v run="$run" -v bytes_in="$in" -v bytes_out="$out" -v rate="$rate" '$1 == run {
      split(substr(run, 2), part, "-")
      printf "| %d | %s | %d | %.2f | %.2f | %.2f | %.2f | %.2f | %d | %d | %.2f |\n", part[1], part[2], part[3], $2, $3,
        $4, $5, $6, bytes_in, bytes_out, 1000 * (bytes_in > bytes_out ? bytes_in : bytes_out) / rate
    }' "$folder/times"
  done <"$folder/bytes"
}

main() {
  local batch encoding executors
  trap clean_up EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  check
  folder=$(mktemp -d)
  start_cluster
  for batch in $BATCHES; do
    for executors in $EXECUTORS; do
      if ((executors == 1)); then
        await_train "$batch" auto 1 # nothing crosses the network in a step
      else
        for encoding in $ENCODINGS; do
          await_train "$batch" "$encoding" "$executors"
        done
      fi
    done
  done
  print_table | tee "$table"
  [[ $missing == no ]] || die 'some runs failed; see above'
}

main
