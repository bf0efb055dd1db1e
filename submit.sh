#!/usr/bin/env bash
# Builds what must be built, then runs the job: ./submit.sh --help, or ./submit.sh alone for a run over sample orders.
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

if needs_build; then build; fi
exec dotnet "$app/RfmSpark.Jobs.dll" "$@"
