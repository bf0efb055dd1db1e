#!/usr/bin/env bash
# Builds what must be built, then runs the job: ./submit.sh --help, or ./submit.sh alone for a run over sample orders.
# Options of spark-submit before the command run it on Spark: ./submit.sh --master spark://host:7077 run …
set -euo pipefail

export RFMSPARK_HOME
RFMSPARK_HOME="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)"
app="$RFMSPARK_HOME/artifacts/app"
stamp="$app/.built"

die() { # EXIT_CODE SENTENCE
  echo "$2" >&2
  exit "$1"
}

needs_build() {
  [ ! -f "$stamp" ] || [ -n "$(cd "$RFMSPARK_HOME" && find src jobs ./*.props global.json BannedSymbols.txt -newer "$stamp" -type f -not -path '*/node_modules/*' -print -quit)" ]
}

build() {
  command -v dotnet > /dev/null || die 2 "The .NET 10 SDK is needed: https://dotnet.microsoft.com/download (Debian: apt-get install dotnet-sdk-10.0)."
  echo "Building RfmSpark (once, and when its sources change)" >&2
  local log start
  log="$(mktemp)" start="$(mktemp)"
  if ! dotnet publish "$RFMSPARK_HOME/jobs/RfmSpark.Jobs" --configuration Release --output "$app" --nologo > "$log" 2>&1; then
    grep -E 'error|npm' "$log" | sort -u >&2 || cat "$log" >&2
    rm -f "$log" "$start"
    die 2 "The build failed."
  fi
  # As old as the build's start: what changed while it ran is built the next time.
  mv "$start" "$stamp"
  rm -f "$log"
}

# Everything before the command is spark-submit's, and goes there untouched, but for what must be joined with our own.
spark_options=() job=() archives="" files="" spark_confs="" properties_file="" properties=() load_defaults="" master="" deploy_mode=""
read_spark_options() {
  while [ $# -gt 0 ]; do
    # To Spark, --x=y is --x y.
    case "$1" in --*=?*) set -- "${1%%=*}" "${1#*=}" "${@:2}" ;; esac
    case "$1" in
      run | backfill | check | experiment | report | verify | forget | push) job=("$@") && return ;;
      show | tables | generate) die 2 "'$1' needs no cluster: run it without options of Spark." ;;
      --version) check_spark && exec "$SPARK_HOME/bin/spark-submit" "$1" ;;
      --load-spark-defaults | --supervise | --verbose | -v)
        [ "$1" != --load-spark-defaults ] || load_defaults=true
        spark_options+=("$1") && shift && continue
        ;;
      --quiet | --log) die 2 "Write $1 after the command, which comes after the options of Spark." ;;
      -*) [ $# -ge 2 ] || break ;;
      *) die 2 "'$1' is no command that runs on Spark; there are run, backfill, check, experiment, report, verify, forget and push." ;;
    esac
    case "$1" in
      --archives) archives="$2" && shift 2 && continue ;;
      --files) files="$2" && shift 2 && continue ;;
      --master) master="$2" ;;
      --deploy-mode) deploy_mode="$2" ;;
      # Of a setting that is given twice Spark takes the last.
      --conf | -c) spark_confs="$2"$'\n'"$spark_confs" ;;
      --properties-file) properties_file="$2" ;;
      --extra-properties-file) properties+=("$2") ;;
    esac
    spark_options+=("$1" "$2") && shift 2
  done
  die 2 "After the options of Spark comes a command: run, backfill, check, experiment, report, verify, forget or push."
}

# The settings of conf/spark-defaults.conf that nobody has set: not in the options, nor in a properties file, nor for the whole cluster.
defaults=()
read_defaults() {
  local key value
  properties+=(${properties_file:+"$properties_file"})
  # A properties file stands in for the cluster's own, which Spark then reads only if it is told to.
  if [ -z "$properties_file" ] || [ -n "$load_defaults" ]; then properties+=("${SPARK_CONF_DIR:-$SPARK_HOME/conf}/spark-defaults.conf"); fi
  while read -r key value; do
    case "$key" in '' | '#'*) continue ;; esac
    grep -qsE "^[[:space:]]*${key//./[.]}[[:space:]=:]" - "${properties[@]}" <<< "$spark_confs" || defaults+=(--conf "$key=$value")
  done < "$RFMSPARK_HOME/conf/spark-defaults.conf"
}

property() { # KEY: what somebody has set it to
  { grep -hsE "^[[:space:]]*${1//./[.]}[[:space:]=:]" - "${properties[@]}" <<< "$spark_confs" || true; } | head -n 1 | sed -E 's/^[[:space:]]*[^[:space:]=:]+[[:space:]]*[=:]?[[:space:]]*//; s/[[:space:]]*$//'
}

check_spark() {
  [ -x "${SPARK_HOME:-}/bin/spark-submit" ] || die 4 "Set SPARK_HOME to a Spark of version 3.5 or newer, one with bin/spark-submit. It is '${SPARK_HOME:-}'."
  local spark java version
  spark="$(basename "$(compgen -G "$SPARK_HOME/jars/spark-core_*.jar" | head -n 1)" .jar)"
  spark="${spark##*-}"
  case "$spark" in
    '' | [4-9].* | 3.[5-9].* | [1-9][0-9].*) ;;
    *) die 4 "This is Spark $spark; Spark 3.5 or newer is needed. SPARK_HOME is '$SPARK_HOME'." ;;
  esac
  java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
  command -v "$java" > /dev/null || die 4 "Java is missing: install Java 17 (Debian: apt-get install openjdk-17-jre-headless), or set JAVA_HOME."
  version="$("$java" -version 2>&1)" || die 4 "Java does not start: $version. Install Java 17 (Debian: apt-get install openjdk-17-jre-headless), or set JAVA_HOME to one."
  java="$(sed -nE 's/.*version "(1\.)?([0-9]+).*/\2/p' <<< "$version" | head -n 1)"
  case "$spark" in 3.*) ;; *) [ "${java:-17}" -ge 17 ] || die 4 "This is Java $java; Spark $spark needs Java 17 or newer. Set JAVA_HOME to one." ;; esac
}

# The program with a .NET runtime of its own, for a driver that runs on a machine of the cluster. DuckDB stays here.
pack() {
  # A failure in here ends it: an archive that lacks something would be shipped from now on.
  set -e
  # Two submissions at once pack into files of their own; the later one replaces the other's.
  local archive="$RFMSPARK_HOME/artifacts/app.tgz" part="$RFMSPARK_HOME/artifacts/app.$$" root runtime
  if [ ! "$archive" -nt "$stamp" ] || [ -n "$(find "$RFMSPARK_HOME/conf" -newer "$archive" -print -quit)" ]; then
    echo "Packing the program for the cluster" >&2
    root="$(dirname "$(readlink -f "$(command -v dotnet)")")"
    runtime="$(cd "$root" && compgen -G 'shared/Microsoft.NETCore.App/10.*' | sort -V | tail -n 1 || true)"
    [ -n "$runtime" ] || die 2 "$root has no .NET 10 runtime to ship to the cluster. Put the dotnet of an installation on the PATH, not a script that calls it."
    tar -cf "$part.tar" -C "$app" --exclude libduckdb.so --exclude '*.pdb' --exclude '*.xml' --exclude ./conf .
    tar -rf "$part.tar" -C "$RFMSPARK_HOME" ./conf
    tar -rf "$part.tar" -C "$root" --transform 's,^,dotnet/,' dotnet host "$runtime"
    gzip -c "$part.tar" > "$part.tgz" && rm "$part.tar" && mv "$part.tgz" "$archive"
  fi
  echo "$archive"
}

joined() { # LIST ITEM: with a comma between them
  echo "${1:+$1,}$2"
}

submit() {
  local dotnet=dotnet program="$app/RfmSpark.Jobs.dll" arguments=()
  check_spark
  read_defaults
  # The options that follow from these replace what is set otherwise, which must go with them.
  archives="${archives:-$(property spark.archives)}" files="${files:-$(property spark.files)}"
  master="${master:-$(property spark.master)}" deploy_mode="${deploy_mode:-$(property spark.submit.deployMode)}"
  case "$deploy_mode $master" in
    "cluster spark://"*)
      die 2 "Spark's standalone cluster has no deploy mode cluster for programs that are not Java. Leave it out: the driver then runs here, and the work on the cluster." ;;
    "cluster k8s://"*)
      # The image has the program; see docs/cluster.md.
      dotnet=/opt/rfmspark/dotnet/dotnet program=/opt/rfmspark/RfmSpark.Jobs.dll
      ;;
    "cluster "*)
      local archive
      archive="$(pack)"
      archives="$(joined "$archives" "$archive#app")"
      dotnet=./app/dotnet/dotnet program=app/RfmSpark.Jobs.dll
      ;;
  esac
  # A driver elsewhere finds the configuration files beside it, each by its name.
  while [ $# -gt 0 ]; do
    case "$1" in --conf=*) set -- --conf "${1#*=}" "${@:2}" ;; esac
    if [ "$deploy_mode" = cluster ] && [ "$1" = --conf ] && [ -f "${2:-}" ]; then
      case ",$files," in *[,/]"$(basename "$2"),"*) die 2 "Two files for the driver are named $(basename "$2"), and only one of that name can be sent to it. Rename one." ;; esac
      files="$(joined "$files" "$(realpath "$2")")"
      arguments+=(--conf "$(basename "$2")") && shift 2
    else
      arguments+=("$1") && shift
    fi
  done
  # Spark pipes what the driver prints; the bars are drawn on the terminal itself. Under su that is another user's, and cannot be opened here by its name.
  if [ -t 2 ]; then
    RFMSPARK_TERMINAL="$(tty <&2 || true)" RFMSPARK_COLUMNS="$(stty size <&2 | cut -d ' ' -f 2 || true)"
    export RFMSPARK_TERMINAL RFMSPARK_COLUMNS
  fi
  # A JVM reads its arguments by the locale, and that of cron knows no letters beyond ASCII.
  case "$(locale charmap 2> /dev/null || true)" in UTF-8) ;; *) export LC_ALL=C.UTF-8 ;; esac
  local name=()
  [ -n "$(property spark.app.name)" ] || name=(--name RfmSpark)
  exec "$SPARK_HOME/bin/spark-submit" "${defaults[@]}" "${name[@]}" "${spark_options[@]}" ${archives:+--archives "$archives"} ${files:+--files "$files"} \
    --class org.apache.spark.deploy.PythonRunner --conf "spark.pyspark.driver.python=$dotnet" spark-internal "$program" "" --on-spark "${arguments[@]}"
}

# One build at a time, also if two commands are started at once; the second finds it done.
build_alone() {
  mkdir -p "$RFMSPARK_HOME/artifacts"
  if command -v flock > /dev/null; then
    exec 9> "$RFMSPARK_HOME/artifacts/.building"
    flock --nonblock 9 || { echo "Waiting for the build that another command has begun" >&2 && flock 9; }
  fi
  # What the compiler leaves running for the next build must not hold the lock.
  if needs_build; then build 9>&-; fi
  exec 9>&-
}

if needs_build; then build_alone; fi
case "${1:-}" in
  --help | --version | -h | '-?' | --quiet | --log | --log=*) ;;
  -*)
    read_spark_options "$@"
    submit "${job[@]}"
    ;;
esac
exec dotnet "$app/RfmSpark.Jobs.dll" "$@"
