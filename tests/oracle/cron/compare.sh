#!/usr/bin/env bash
# Compares Muster's calendar with robfig/cron v3, which decides when a Kubernetes CronJob runs: how each of lines.txt is read,
# and every start and the longest gaps of crons.txt in each of zones.txt, over 28 years that are past and 28 that are to come.
# Both read the system's time zones. Usage: compare.sh MUSTER_CRON_STARTS. Exits 0 where nothing differs, 77 where Go is absent.
set -euo pipefail

if [[ $# -ne 1 || ! -x $1 ]]; then
    echo "usage: compare.sh MUSTER_CRON_STARTS (the program that this folder's CMakeLists.txt builds)" >&2
    exit 2
fi
ours=$(realpath "$1")
cd "$(dirname "$0")"
if ! command -v go >/dev/null; then
    echo "compare.sh: Go is absent, so nothing was compared" >&2
    exit 77
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -o "$work/robfig" main.go
unset ZONEINFO

differences=0
compare() {
    "$work/robfig" "$@" >"$work/theirs.txt" &
    "$ours" "$@" >"$work/ours.txt"
    wait $!
    if diff "$work/theirs.txt" "$work/ours.txt" >"$work/diff.txt"; then
        echo "$*: $(wc -l <"$work/ours.txt") lines, all equal"
    else
        echo "$*: robfig (<) and Muster (>) differ; the first lines of it:" >&2
        head -n 20 "$work/diff.txt" >&2
        differences=1
    fi
}

compare fields lines.txt
compare starts "$(date -u -d 2026-01-01 +%s)" crons.txt zones.txt
# What these two did before 2012 catches robfig's search in an endless loop.
grep -v -e America/St_Johns -e Pacific/Apia zones.txt >"$work/zones-past.txt"
compare starts "$(date -u -d 1998-01-01 +%s)" crons.txt "$work/zones-past.txt"
exit $differences
