#!/usr/bin/env bash
# A second S3 server for the tests of packages/archive/src/s3: Moto, which has conditional writes and SSE-KMS, and is
# told here to check signatures and permissions. It is installed into a folder of its own and listens on 127.0.0.1.
#
#   bash test/s3/start-moto.sh up [folder]      starts it; prints what the tests want in the environment
#   bash test/s3/start-moto.sh down [folder]    stops what it started
set -euo pipefail
command=${1:-up}
home=$(realpath -m "${2:-/tmp/clew-moto}")
port=${MOTO_PORT:-18090}

main() {
  case $command in
    up) stop && install && start ;;
    down) stop ;;
    *) echo "up or down, not $command" >&2 && exit 2 ;;
  esac
}

install() {
  [ -x "$home/venv/bin/moto_server" ] && return
  python3 -m venv "$home/venv"
  "$home/venv/bin/pip" install -q 'moto[server]==5.2.5'
}

start() {
  # The first three requests make the user that all others are held to.
  INITIAL_NO_AUTH_ACTION_COUNT=3 "$home/venv/bin/moto_server" -H 127.0.0.1 -p "$port" >"$home/log" 2>&1 &
  echo $! >"$home/pid"
  for _ in $(seq 300); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break
    sleep 0.2
  done
  "$home/venv/bin/python" - "http://127.0.0.1:$port" <<'PYTHON'
import json, sys, boto3
endpoint = sys.argv[1]
iam = boto3.client('iam', endpoint_url=endpoint, region_name='us-east-1', aws_access_key_id='x', aws_secret_access_key='x')
iam.create_user(UserName='clew')
policy = {'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Action': ['s3:*', 'kms:*'], 'Resource': '*'}]}
iam.put_user_policy(UserName='clew', PolicyName='all', PolicyDocument=json.dumps(policy))
key = iam.create_access_key(UserName='clew')['AccessKey']
print(f'export S3_TEST_ENDPOINT={endpoint} S3_TEST_REGION=us-east-1 S3_TEST_KMS_KEY_ID=alias/aws/s3')
print(f"export S3_TEST_ACCESS_KEY_ID={key['AccessKeyId']} S3_TEST_SECRET_ACCESS_KEY={key['SecretAccessKey']}")
PYTHON
}

stop() {
  [ -f "$home/pid" ] || return 0
  while read -r id; do
    kill "$id" 2>/dev/null || continue
    while kill -0 "$id" 2>/dev/null; do sleep 0.1; done
  done <"$home/pid"
  rm -f "$home/pid"
}

main
