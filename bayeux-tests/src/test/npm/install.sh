#!/bin/sh
# Installs what tests and demo need from npm: install.sh SOURCE TARGET CONSEQUENCE
# The files of SOURCE go to TARGET, and what their package-lock.json names goes to TARGET/node_modules. Where that is not
# possible the build goes on: the reason is said with its consequence, and kept in TARGET/missing.txt.
set -u
source=$1
target=$2
consequence=$3

missing() {
  rm -rf "$target/node_modules"
  echo "$1" >"$target/missing.txt"
  echo "$1: $consequence"
  exit 0
}

mkdir -p "$target"
installed=no
if [ -d "$target/node_modules" ] && cmp -s "$source/package-lock.json" "$target/package-lock.json"; then
  installed=yes
fi
cp "$source"/* "$source/.npmrc" "$target"
if [ "$installed" = no ]; then
  if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
    missing "node or npm was not found"
  fi
  if ! (cd "$target" && npm ci --prefer-offline --ignore-scripts --loglevel=error >npm.log 2>&1); then
    missing "npm could not install what is needed (see $target/npm.log)"
  fi
fi
rm -f "$target/missing.txt"
