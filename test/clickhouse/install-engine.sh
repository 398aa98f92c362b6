#!/usr/bin/env bash
# Into the folder given: ClickHouse's own engine (npm's chdb), half a gigabyte, which is why it comes with no install of
# the repository. Tests use it where CHDB_DIR names the folder; elsewhere they say themselves that they were left out.
set -uo pipefail
npm install --prefix "$1" --no-audit --no-fund --ignore-scripts --silent chdb@3.4.0 >/dev/null 2>&1 &&
  [ -f "$1/node_modules/chdb/index.mjs" ] && exit 0
rm -rf "$1/node_modules"
echo "ClickHouse's engine could not be installed: the tests that need it will be left out." >&2
