#!/usr/bin/env bash
# The browser that the tests of views need, where it is missing and can be had: from Debian's packages, as root.
# Elsewhere the tests say themselves that they were left out.
set -uo pipefail
for name in "${CHROMIUM_PATH:-chromium}" chromium-browser google-chrome-stable google-chrome; do
  command -v "$name" >/dev/null && exit 0
done
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "No Chromium here, and no way to install one: the tests that need it will be left out." >&2
  exit 0
fi
export DEBIAN_FRONTEND=noninteractive
{ apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core fonts-liberation; } >/dev/null 2>&1 ||
  echo "Chromium could not be installed: the tests that need it will be left out." >&2
