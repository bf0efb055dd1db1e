#!/usr/bin/env bash
# Builds what must be built, then runs the job: ./submit.sh --help, or ./submit.sh alone for a run over sample orders.
# Options of spark-submit before the command run it on Spark: ./submit.sh --master spark://host:7077 run …
set -euo pipefail

export RFMSPARK_HOME
RFMSPARK_HOME="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
app="$RFMSPARK_HOME/artifacts/app"
stamp="$app/.built"

die() {
  echo "$1" >&2
  exit 2
}

needs_build() {
  [ ! -f "$stamp" ] || [ -n "$(cd "$RFMSPARK_HOME" && find src jobs ./*.props global.json BannedSymbols.txt -newer "$stamp" -type f -not -path '*/node_modules/*' -print -quit)" ]
}

build() {
  command -v dotnet > /dev/null || die "The .NET 10 SDK is needed: https://dotnet.microsoft.com/download (Debian: apt-get install dotnet-sdk-10.0)."
  echo "Building RfmSpark (once, and when its sources change)" >&2
  local log
  log="$(mktemp)"
  if ! dotnet publish "$RFMSPARK_HOME/jobs/RfmSpark.Jobs" --configuration Release --output "$app" --nologo > "$log" 2>&1; then
    grep -E 'error|npm' "$log" | sort -u >&2 || cat "$log" >&2
    rm -f "$log"
    die "The build failed."
  fi
  rm -f "$log"
  touch "$stamp"
}

# Everything before the command goes to spark-submit, untouched.
spark_options=()
read_spark_options() {
  while [ $# -gt 0 ]; do
    case "$1" in
      run | backfill | check) return ;;
      show | tables | generate) die "'$1' needs no cluster: run it without options of Spark." ;;
      *) spark_options+=("$1") && shift ;;
    esac
  done
  die "After the options of Spark comes a command: run, backfill or check."
}

submit() {
  [ -x "${SPARK_HOME:-}/bin/spark-submit" ] || { echo "Set SPARK_HOME to a Spark of version 3.5 or newer, one with bin/spark-submit." >&2 && exit 4; }
  case " ${spark_options[*]} " in
    *" --deploy-mode cluster "* | *" --deploy-mode=cluster "*)
      die "Deploy mode cluster is not supported yet; run the driver here (client mode), or start this script on a machine of the cluster." ;;
  esac
  local defaults=() key value
  while read -r key value; do
    case "$key" in '' | '#'*) ;; *) defaults+=(--conf "$key=$value") ;; esac
  done < "$RFMSPARK_HOME/conf/spark-defaults.conf"
  exec "$SPARK_HOME/bin/spark-submit" "${defaults[@]}" "${spark_options[@]}" --class org.apache.spark.deploy.PythonRunner \
    --conf spark.pyspark.driver.python=dotnet spark-internal "$app/RfmSpark.Jobs.dll" "" "$@"
}

if needs_build; then build; fi
case "${1:-}" in
  --help | --version | -h | '-?') ;;
  --*)
    read_spark_options "$@"
    shift "${#spark_options[@]}"
    submit "$@"
    ;;
esac
exec dotnet "$app/RfmSpark.Jobs.dll" "$@"
