#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# schema-check.sh TOMBI
# What an editor shows: a linter of TOML that follows `#:schema` finds nothing in the shipped files, nor in them with every
# key set, nor in the valid cases, and finds each mistake of the invalid ones.
set -eu
tombi=$(realpath "$1")
cd "$(dirname "$0")/.."
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT

directive="#:schema $PWD/schema/binfmtd.toml.schema.json"
fail=0
# check WANTED NAME <TEXT: the linter's exit status is the wanted one.
check() {
    { echo "$directive" && cat; } >"$temporary/$2"
    status=0
    NO_COLOR=1 "$tombi" lint --offline "$temporary/$2" >"$temporary/log" 2>&1 || status=$?
    if [ "$status" -ne "$1" ] || { [ "$1" = 0 ] && grep -E 'Error|Warning' "$temporary/log"; }; then
        echo "$2: exit status $status, not $1" && cat "$temporary/log"
        fail=1
    fi
}

for file in config/binfmtd.toml config/entries.d/*.toml; do
    sed -n 2p "$file" | grep -qx '#:schema /usr/share/binfmtd/binfmtd.toml.schema.json' ||
        { echo "$file: line 2 does not name the schema" && fail=1; }
    grep -v '^#:schema' "$file" | check 0 "$(basename "$file")"
done
grep -v '^#:schema' config/binfmtd.toml | sed 's/^#\([^ ]\)/\1/' | check 0 every-key.toml

cases=Tests/Fixtures/schema
# Each file of a directory has cases, each headed by a comment: `## NAME`.
for kind in valid invalid; do
    wanted=$([ "$kind" = valid ] && echo 0 || echo 1)
    while read -r name; do
        awk -v name="## $name" '/^## /{on = $0 == name} on' "$cases/$kind.toml" | check "$wanted" "$kind-$name.toml"
    done < <(sed -n 's/^## //p' "$cases/$kind.toml")
done
[ "$fail" = 0 ] && echo "$(grep -hc '^## ' $cases/*.toml | paste -sd" ") cases (invalid, valid), and the shipped files: as the schema says"
exit "$fail"
