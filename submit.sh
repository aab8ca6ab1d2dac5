#!/usr/bin/env bash
# Runs spark-autoencoder through Spark, building it first when it is missing or older than its sources.
# Written for bash 3.2 and later (macOS has no newer one): no arrays that may be empty, no mapfile -d.
set -euo pipefail

readonly SPARK_NEEDED=4.1 SCALA_NEEDED=2.13 JAVA_NEEDED=17
readonly MAIN_CLASS=org.sparkautoencoder.cli.Main

# spark-submit's own, but for those that choose another program or only ask a cluster.
readonly SWITCHES=' --supervise --verbose -v --load-spark-defaults '
readonly WITH_VALUE=" --archives --conf -c --deploy-mode --driver-class-path --driver-cores --driver-java-options \
--driver-library-path --driver-memory --exclude-packages --executor-cores --executor-memory --files --jars --keytab \
--master --name --num-executors --packages --principal --properties-file --proxy-user --py-files --queue \
--repositories --total-executor-cores "

# A link to this script, in ~/bin say, still finds the project.
project=$(cd "$(dirname "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd -P)
readonly project
readonly jar=$project/target/spark-autoencoder.jar
readonly own_spark_home=$project/target/spark-home
readonly unfinished=$project/target/.submit-building

# The build, while it runs, and the folder for the program's temporary files, until the program has it.
builder='' temporary=''

say() { printf 'submit.sh: %s\n' "$*" >&2; }

# die CODE MESSAGE
die() { say "$2" && exit "$1"; }
usage_error() { die 2 "$* (see ./submit.sh --help)"; }

usage() {
  cat <<'HELP'
Usage: ./submit.sh [spark-submit options] [command [options]]

Trains denoising autoencoders on Spark. Without a command: train, with the settings in conf/paper.properties.
The first start builds the program (about half a minute; the first time ever Maven fetches some 350 MB).

Commands
  train      train a network; leaves a model and tables in parquet
  sweep      train with each combination of some settings, several at once, and name the best
  reproduce  do the whole study again and draw its report
  results    list runs and trials, or ask the tables in SQL
  report     draw the report of any runs and sweeps
  evaluate   the errors, or the confusion, of a saved model on any rows
  denoise    what an autoencoder makes of each row of a file, and its error
  predict    the class that a classifier gives each row of a file
  prepare    write a data set as CSV: the study's digits, all of MNIST, or synthetic ones
  COMMAND --help explains a command's options. With --verbose after it, a command that fails shows where, too.

Options of spark-submit, always before the command
  --master URL            where to run; without it local[*], all cores of this machine
  --driver-memory SIZE    memory of the driver (which in local mode is all there is), such as 8g
  --conf KEY=VALUE        any setting of Spark
  --properties-file FILE  settings of Spark from a file, on top of conf/spark-defaults.conf
  and the others that `spark-submit --help` lists, but for --class, --kill and --status

Examples
  ./submit.sh
  ./submit.sh train --epochs 20 --learning-rate 0.03 --out results
  ./submit.sh --master 'local[2]' --driver-memory 8g train --train digits.csv --test more-digits.csv
  ./submit.sh prepare --dataset mnist

Exit codes
  0 done   1 failure   2 wrong usage   3 bad input   4 training diverged   130 interrupted

Environment
  JAVA_HOME             the Java to use (17 or later); otherwise the java on the PATH
  SPARK_HOME            the Spark to use, if it is a 4.1.x with Scala 2.13; otherwise the one of the spark-submit on
                        the PATH, if that fits; otherwise one made of Maven's jars in target/spark-home
  SPARK_CONF_DIR        folder with spark-defaults.conf and log4j2.properties; otherwise that of the Spark in use
                        if somebody has configured it, else conf/
  TMPDIR                folder for temporary files; otherwise /tmp. If it is full or cannot hold programs, target/ is used
  SPARK_LOCAL_IP        address that Spark listens on; with a local master otherwise 127.0.0.1
  OPENBLAS_NUM_THREADS  threads of one product of matrices; otherwise 1, since Spark's tasks share out the cores
  OPENBLAS_CORETYPE     OpenBLAS's kernels; otherwise chosen where the processor has AVX-512, else OpenBLAS chooses
HELP
}

# Sets java and java_version. The release file beside bin/ saves the start of a JVM; some packagers leave it out.
find_java() {
  local release
  if [[ -n ${JAVA_HOME:-} ]]; then
    java=$JAVA_HOME/bin/java
    [[ -x $java ]] || die 1 "JAVA_HOME=$JAVA_HOME holds no bin/java: set it to a JDK $JAVA_NEEDED or later."
  else
    java=$(command -v java) ||
      die 1 "no java found: install a JDK $JAVA_NEEDED or later (Debian: openjdk-17-jdk-headless) or set JAVA_HOME."
  fi
  release=$(dirname "$(dirname "$(readlink -f -- "$java")")")/release
  java_version=$({ cat "$release" 2>/dev/null || "$java" -version 2>&1 || true; } |
    sed -En 's/^(JAVA_VERSION=|.* version )"(1\.)?([0-9]+).*/\3/p')
  ((${java_version:-0} >= JAVA_NEEDED)) ||
    die 1 "$java is Java ${java_version:-unknown}: install a JDK $JAVA_NEEDED or later and set JAVA_HOME to it."
}

why_build() {
  if [[ ! -f $jar || ! -d $own_spark_home/jars ]]; then
    printf 'it is not built yet'
  elif [[ -e $unfinished ]]; then
    printf 'an earlier build did not finish'
  elif [[ -n $(find "$project/src/main" "$project/pom.xml" -newer "$jar" -print -quit) ]]; then
    printf 'its sources are newer than its jar'
  fi
}

build_if_needed() {
  local why log=$project/target/submit-build.log
  why=$(why_build)
  [[ -n $why ]] || return 0

  mkdir -p "$project/target"
  exec 9>>"$project/target/.submit-lock"
  if command -v flock >/dev/null && ! flock -n 9; then
    say 'waiting for another build of this project ...'
    flock 9
    why=$(why_build)
  fi
  if [[ -n $why ]]; then
    [[ -x $(dirname "$(readlink -f -- "$java")")/javac ]] ||
      die 1 "$java has no javac beside it, which the build needs: install a whole JDK, not only its runtime."
    command -v mvn >/dev/null || die 1 'no mvn found, which the build needs: install Maven (Debian: maven).'
    say "building, since $why (about half a minute; the first time ever Maven fetches some 350 MB) ..."
    touch "$unfinished"
    # Unlinked, not overwritten: a training that still runs from the old jar keeps it.
    rm -f "$jar"
    # In the background, so that a signal is taken at once.
    (cd "$project" && exec mvn -q -B -Dstyle.color=never -Dmaven.test.skip=true -Dspotless.check.skip=true package) \
      </dev/null >"$log" 2>&1 &
    builder=$!
    if ! wait "$builder"; then
      cat "$log" >&2
      die 1 'the build failed; its output is above.'
    fi
    builder=''
    # A source saved during the build is newer than the jar, as it should be.
    touch -r "$unfinished" "$jar"
    rm "$unfinished"
    say "built in $SECONDS s."
  fi
  exec 9>&- # or the JVM would inherit the lock
}

# fits FOLDER ORIGIN: whether that Spark can run the jar, by the name of one of its jars; says so if not.
fits() {
  local core found='holds no jars/spark-core_*.jar'
  for core in "$1"/jars/spark-core_*.jar; do
    if [[ $core =~ spark-core_([0-9.]+)-(.+)\.jar$ ]]; then
      [[ ${BASH_REMATCH[1]} == "$SCALA_NEEDED" && ${BASH_REMATCH[2]} == "$SPARK_NEEDED".* ]] && return
      found="is Spark ${BASH_REMATCH[2]} with Scala ${BASH_REMATCH[1]}"
    fi
  done
  say "$2 $found; needed is Spark $SPARK_NEEDED.x with Scala $SCALA_NEEDED: using target/spark-home instead."
  return 1
}

# Sets spark_home.
find_spark() {
  local submit folder
  spark_home=$own_spark_home
  if [[ -n ${SPARK_HOME:-} ]]; then
    if fits "$SPARK_HOME" "SPARK_HOME=$SPARK_HOME"; then spark_home=$SPARK_HOME; fi
  elif submit=$(command -v spark-submit); then
    folder=$(dirname "$(dirname "$(readlink -f -- "$submit")")")
    # Where Homebrew and pip keep what their bin/spark-submit stands for.
    for folder in "$folder"/lib/python3*/site-packages/pyspark "$folder/libexec" "$folder"; do
      [[ -d $folder/jars ]] && break
    done
    if fits "$folder" "$submit"; then spark_home=$folder; fi
  fi
}

# A Spark that somebody has configured knows how to reach its cluster, and keeps its own settings; only the log's are
# ours, so that the program's own lines are seen.
find_conf() {
  [[ -z ${SPARK_CONF_DIR:-} ]] || return 0
  if [[ -e $spark_home/conf/spark-defaults.conf || -e $spark_home/conf/spark-env.sh ]]; then
    [[ -e $spark_home/conf/log4j2.properties ]] ||
      export SPARK_SUBMIT_OPTS="${SPARK_SUBMIT_OPTS:-} '-Dlog4j2.configurationFile=$project/conf/log4j2.properties'"
  else
    export SPARK_CONF_DIR=$project/conf
  fi
}

# OpenBLAS knows processors by name and takes newer ones for older kinds; their flags say what they can do.
choose_kernels() {
  local flags flag
  [[ $(uname -sm) == 'Linux x86_64' && -r /proc/cpuinfo ]] || return 0
  flags=" $(sed -n '/^flags/{s/.*://p;q;}' /proc/cpuinfo) "
  for flag in avx512f avx512bw avx512vl avx512dq; do
    [[ $flags == *" $flag "* ]] || return 0
  done
  export OPENBLAS_CORETYPE=SKYLAKEX
  if [[ $flags == *' avx512_bf16 '* ]]; then OPENBLAS_CORETYPE=COOPERLAKE; fi
}

# java_option OPTION: for the JVM of the program, before the user's own.
java_option() { export SPARK_SUBMIT_OPTS="${SPARK_SUBMIT_OPTS:-} '$1'"; }

# The names of files are read in the locale's encoding, and ASCII has no letters but the English ones.
choose_encoding() {
  [[ $(uname -s) == Linux && $(locale charmap 2>/dev/null) == ANSI_X3.4-1968 ]] || return 0
  { export LC_ALL=C.UTF-8; } 2>/dev/null
}

# In containers a user may have a number only, which neither Java nor Hadoop nor Spark's Ivy can do with.
name_user() {
  local name
  if ! command -v id >/dev/null || id -un >/dev/null 2>&1; then return 0; fi
  name=uid-$(id -u)
  export HADOOP_USER_NAME=${HADOOP_USER_NAME:-$name} SPARK_USER=${SPARK_USER:-$name}
  java_option "-Duser.name=$HADOOP_USER_NAME"
  java_option "-Duser.home=${HOME:-/}"
}

# Makes a folder for the JVM's temporary files, native libraries among them, where there is room for them and the system
# executes them. The program removes it.
choose_temporary() {
  local place first='' free
  for place in "${TMPDIR:-/tmp}" /tmp "$project/target" "${HOME:-}/.cache" /var/tmp; do
    first=${first:-$place}
    temporary=$(mktemp -d "$place/spark-autoencoder-XXXXXXXX" 2>/dev/null) || continue
    free=$(df -Pk "$temporary" 2>/dev/null | sed -n '2s/.* \([0-9][0-9]*\)  *[0-9]*% .*/\1/p') || free=''
    if { : >"$temporary/probe" && chmod u+x "$temporary/probe"; } 2>/dev/null && [[ -x $temporary/probe ]] &&
      ((${free:-65536} >= 65536)); then
      rm -f "$temporary/probe"
      [[ $place == "$first" ]] || say "temporary files go to $place, since $first is full or cannot hold programs."
      export SPARK_AUTOENCODER_TMP=$temporary
      java_option "-Djava.io.tmpdir=$temporary"
      return
    fi
    rm -rf "$temporary"
    # Where the JVM would share what it measures.
    if [[ $place == /tmp ]]; then java_option -XX:-UsePerfData; fi
  done
  temporary=''
}

# master_in FILE: the last value of spark.master in it.
master_in() {
  [[ ! -r $1 ]] || sed -En 's/^[[:space:]]*spark\.master[[:space:]]*[[:space:]=:][[:space:]]*//p' "$1" | sed -n '$p'
}

# listen_locally MASTER: what runs in one JVM needs no port that other machines can reach. Spark takes the address of its
# user interface from the environment alone.
listen_locally() {
  [[ $1 == local* && -z ${SPARK_LOCAL_IP:-} && -z ${SPARK_PUBLIC_DNS:-} ]] || return 0
  export SPARK_LOCAL_IP=127.0.0.1
}

interrupted() {
  trap '' INT TERM HUP
  if [[ -n $builder ]]; then kill "$builder" 2>/dev/null || true; fi
  say 'interrupted before anything began'
  exit 130
}

# Asks Spark's launcher for the JVM's command, as bin/spark-submit does, and becomes that JVM.
exec_launcher() {
  local word words unwanted=' ' command=("$java") answer
  # The vector module serves netlib's fallback alone, and a JVM that loads it says so on every console. For these
  # systems (but not for musl's Linux) the jar carries an OpenBLAS.
  if [[ $(uname -sm) =~ ^Linux\ (x86_64|aarch64)$ && ! -e /lib/ld-musl-$(uname -m).so.1 ]]; then
    unwanted+='--add-modules=jdk.incubator.vector '
  fi
  # What newer JDKs warn about in Spark 4.1's own options and classes.
  if ((java_version >= 24)); then
    unwanted+='--add-opens=java.base/sun.security.action=ALL-UNNAMED '
    command+=(--sun-misc-unsafe-memory-access=allow)
  fi
  # The launcher's words end in NUL, which bash cannot hold, so they are quoted. Not read from <(...): that would stay a
  # zombie, since the JVM that this process becomes asks for no children.
  answer=$("$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx128m -cp "$spark_home/jars/*" \
    org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit "$@" |
    while IFS= read -r -d '' word; do printf '%q ' "$word"; done) || true
  [[ -n $answer ]] || die 1 "Spark's launcher failed."
  eval "words=($answer)"
  # The first is empty and the second the launcher's idea of java.
  for word in "${words[@]:2}"; do
    if [[ $unwanted == *" $word "* ]]; then
      unwanted=${unwanted/"$word "/} # once, so that the user's own option of the same name stays
    else
      command+=("$word")
    fi
  done
  # The launcher has said what is wrong; the JVM would add three pages of usage.
  [[ ${command[${#command[@]} - 1]} != --usage-error ]] || exit 2
  exec "${command[@]}"
}

main() {
  local name value spark_options=(--class "$MAIN_CLASS") properties='' master='' defaults
  trap interrupted INT TERM HUP
  trap 'rm -rf ${temporary:+"$temporary"}' EXIT
  case ${1:-} in
    --help | -h | help) usage && exit 0 ;;
  esac

  while [[ ${1:-} == -* && $1 != --version ]]; do
    name=${1%%=*}
    if [[ $SWITCHES == *" $1 "* ]]; then
      spark_options+=("$1")
    elif [[ $WITH_VALUE == *" $name "* ]]; then
      if [[ $1 == *=* ]]; then
        value=${1#*=}
      else
        (($# > 1)) || usage_error "$1 needs a value"
        value=$2
        shift
      fi
      spark_options+=("$name" "$value")
      case $name,$value in
        --properties-file,*) properties=$value ;;
        --master,*) master=$value ;;
        --conf,spark.master=* | -c,spark.master=*) master=${value#*=} ;;
      esac
    else
      usage_error "$1 is no option of spark-submit; a command's options follow the command: ./submit.sh train $*"
    fi
    shift
  done
  (($#)) || set -- train

  if [[ -n $properties ]]; then
    [[ -r $properties ]] || usage_error "--properties-file $properties cannot be read"
    # The user's file lies on top of the project's defaults, and does not replace them.
    spark_options+=(--load-spark-defaults)
  fi

  find_java
  build_if_needed
  find_spark
  find_conf

  # Executors have an environment of their own. The kernels follow to them only when the user chose them, because
  # another machine's processor may not have what this one has. Before the user's options, so that those win.
  export OPENBLAS_NUM_THREADS=${OPENBLAS_NUM_THREADS:-1}
  spark_options=(--conf "spark.executorEnv.OPENBLAS_NUM_THREADS=$OPENBLAS_NUM_THREADS" "${spark_options[@]}")
  if [[ -n ${OPENBLAS_CORETYPE:-} ]]; then
    spark_options=(--conf "spark.executorEnv.OPENBLAS_CORETYPE=$OPENBLAS_CORETYPE" "${spark_options[@]}")
  else
    choose_kernels
  fi

  defaults=${SPARK_CONF_DIR:-$spark_home/conf}/spark-defaults.conf
  [[ -n $master || -z $properties ]] || master=$(master_in "$properties")
  [[ -n $master ]] || master=$(master_in "$defaults")
  listen_locally "${master:-${MASTER:-local}}"
  for value; do
    if [[ $value == --verbose ]]; then
      java_option -Dorg.sparkautoencoder.log=whole
      java_option -Dorg.sparkautoencoder.failures=warn
    fi
  done
  choose_encoding
  name_user
  choose_temporary

  # The program finds conf/ and dataset/ by the last one, wherever it was started.
  export SPARK_HOME=$spark_home SPARK_SCALA_VERSION=$SCALA_NEEDED SPARK_AUTOENCODER_HOME=$project
  if [[ -x $spark_home/bin/spark-submit ]]; then
    exec "$spark_home/bin/spark-submit" "${spark_options[@]}" "$jar" "$@"
  fi
  exec_launcher "${spark_options[@]}" "$jar" "$@"
}

main "$@"
