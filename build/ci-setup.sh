#!/usr/bin/env bash
# Installs what the tests need beyond the .NET SDK, on Debian or Ubuntu.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends gcc libc6-dev python3 python3-venv python3-numpy python3-torch chromium fonts-dejavu-core debootstrap util-linux >/dev/null
"$(dirname "$0")/trixie.sh" || echo "no second world for the PyTorch tests: they are skipped, or fail where EXPERIMENTS_TESTS_REQUIRE names trixie" >&2
