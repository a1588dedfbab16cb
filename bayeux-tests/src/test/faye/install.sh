#!/bin/sh
# Installs the Faye server of the tests: install.sh SOURCE TARGET
# Without npm, or without what it needs from its registry, those tests are skipped; the build goes on.
set -u
source=$1
target=$2
if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
  echo "node or npm was not found: the tests with a Faye server will be skipped"
  exit 0
fi
mkdir -p "$target"
cp "$source/server.js" "$source/package.json" "$source/.npmrc" "$target"
if [ -d "$target/node_modules/faye" ] && cmp -s "$source/package-lock.json" "$target/package-lock.json"; then
  exit 0
fi
cp "$source/package-lock.json" "$target"
if ! (cd "$target" && npm ci --prefer-offline --ignore-scripts --loglevel=error >npm.log 2>&1); then
  rm -rf "$target/node_modules"
  echo "npm could not install the Faye server (see $target/npm.log): its tests will be skipped"
fi
