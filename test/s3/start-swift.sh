#!/usr/bin/env bash
# A real S3 server for the tests of packages/archive/src/s3: OpenStack Swift with its S3 API, which checks every
# signature. It is unpacked into a folder from Debian's packages, without being installed, and listens on 127.0.0.1.
#
#   bash test/s3/start-swift.sh up [folder]      starts it; prints what the tests want in the environment
#   bash test/s3/start-swift.sh down [folder]    stops what it started
set -euo pipefail
command=${1:-up}
home=$(realpath -m "${2:-/tmp/clew-swift}")
proxy=${SWIFT_PORT:-18080} object=$((proxy + 1)) container=$((proxy + 2)) account=$((proxy + 3)) cache=$((proxy + 4))

export PYTHONPATH="$home/root/usr/lib/python3/dist-packages" SWIFT_CONF="$home/etc/swift.conf"
export LD_LIBRARY_PATH="$home/root/usr/lib/$(uname -m)-linux-gnu"

main() {
  case $command in
    up) stop && unpack && configure && start ;;
    down) stop ;;
    *) echo "up or down, not $command" >&2 && exit 2 ;;
  esac
}

unpack() {
  [ -d "$home/root" ] && return
  mkdir -p "$home/debs/partial" "$home/unpacked"
  apt-get install -qq -y --no-install-recommends --download-only -o Dir::Cache::archives="$home/debs" \
    swift-proxy swift-account swift-container swift-object memcached >/dev/null
  for package in "$home"/debs/*.deb; do dpkg -x "$package" "$home/unpacked"; done
  mv "$home/unpacked" "$home/root"
}

configure() {
  mkdir -p "$home/etc" "$home/devices/sda" "$home/log" "$home/run"
  # The servers read one file from a fixed place: this names another before they do.
  cat >"$home/etc/wrap.py" <<'PYTHON'
import os, runpy, sys
import swift.common.utils
swift.common.utils.SWIFT_CONF_FILE = os.environ['SWIFT_CONF']
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name='__main__')
PYTHON
  printf '[swift-hash]\nswift_hash_path_suffix = clew\n' >"$SWIFT_CONF"
  for server in "account $account" "container $container" "object $object"; do
    set -- $server
    cat >"$home/etc/$1.conf" <<CONF
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = $2
workers = 0
user = $(id -un)
swift_dir = $home/etc
devices = $home/devices
mount_check = false
recon_cache_path = $home/run
log_level = WARNING
[pipeline:main]
pipeline = $1-server
[app:$1-server]
use = egg:swift#$1
CONF
    ( cd "$home/etc" && rm -f "$1.builder" "$1.ring.gz" &&
      ring "$1.builder" create 4 1 0 && ring "$1.builder" add "r1z1-127.0.0.1:$2/sda" 1 &&
      ring "$1.builder" rebalance ) >/dev/null
  done
  cat >"$home/etc/proxy.conf" <<CONF
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = $proxy
workers = 0
user = $(id -un)
swift_dir = $home/etc
log_level = WARNING
[pipeline:main]
pipeline = catch_errors gatekeeper cache listing_formats bulk s3api tempauth slo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:$cache
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:bulk]
use = egg:swift#bulk
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = testing .admin
[filter:slo]
use = egg:swift#slo
CONF
}

ring() {
  python3 "$home/etc/wrap.py" "$home/root/usr/bin/swift-ring-builder" "$@" || [ $? = 1 ]
}

start() {
  "$home/root/usr/bin/memcached" -l 127.0.0.1 -p "$cache" -m 16 -u "$(id -un)" >"$home/log/cache" 2>&1 &
  echo $! >"$home/run/pids"
  for server in account container object proxy; do
    python3 "$home/etc/wrap.py" "$home/root/usr/bin/swift-$server-server" "$home/etc/$server.conf" \
      >"$home/log/$server" 2>&1 &
    echo $! >>"$home/run/pids"
  done
  for _ in $(seq 300); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$proxy") 2>/dev/null; then
      echo "export S3_TEST_ENDPOINT=http://127.0.0.1:$proxy S3_TEST_REGION=us-east-1"
      echo "export S3_TEST_ACCESS_KEY_ID=test:tester S3_TEST_SECRET_ACCESS_KEY=testing"
      return
    fi
    sleep 0.2
  done
  echo "Swift did not start: see $home/log" >&2
  exit 1
}

stop() {
  [ -f "$home/run/pids" ] || return 0
  while read -r id; do
    kill "$id" 2>/dev/null || continue
    while kill -0 "$id" 2>/dev/null; do sleep 0.1; done
  done <"$home/run/pids"
  rm -f "$home/run/pids"
}

main
