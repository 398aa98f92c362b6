#!/usr/bin/env bash
# A real S3 service for the tests that need one, for CI: Swift out of Debian's packages, else Moto from PyPI. Where
# neither can be had, the reason is said on standard error, and the tests say themselves that they were left out.
#
#   bash test/s3/start-service.sh up FOLDER       starts it; FOLDER/env tells the tests where it is
#   bash test/s3/start-service.sh down FOLDER     stops it
set -uo pipefail
here=$(dirname "$0")
command=$1 folder=$2
# A service takes half a minute on a quiet machine.
seconds=90

main() {
  case $command in
    up) up ;;
    down) down ;;
    *) echo "up or down, not $command" >&2 && exit 2 ;;
  esac
}

up() {
  touch "$folder/env"
  if ! command -v python3 >/dev/null; then
    echo "S3: no Python here, so the tests that need a service will be left out." >&2
    return
  fi
  if can_apt; then
    {
      apt-get update -qq
      python3 -c 'import ensurepip' || apt-get install -y -qq --no-install-recommends python3-venv
    } >/dev/null 2>&1
    try swift && return
  fi
  try moto && return
  echo "S3: no service could be had, so the tests that need one will be left out." >&2
}

try() {
  mkdir -p "$folder/$1"
  export MOTO_PORT SWIFT_PORT
  MOTO_PORT=$(free_port) SWIFT_PORT=$(free_port)
  if timeout "$seconds" bash "$here/start-$1.sh" up "$folder/$1" >"$folder/env" 2>"$folder/errors" </dev/null; then
    return
  fi
  echo "S3: $1 did not start: $(tail -n 1 "$folder/errors")" >&2
  bash "$here/start-$1.sh" down "$folder/$1"
  : >"$folder/env"
  return 1
}

down() {
  for service in moto swift; do
    bash "$here/start-$service.sh" down "$folder/$service"
  done
}

can_apt() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

main
