#!/usr/bin/env bash
# Installs what the tests need beyond the .NET SDK, on Debian or Ubuntu.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends gcc libc6-dev python3 python3-venv python3-numpy python3-torch fonts-dejavu-core git debootstrap util-linux slurmctld slurmd slurm-client >/dev/null
# Ubuntu's runners have google-chrome instead, which serves as well.
command -v chromium google-chrome >/dev/null || apt-get install -y -qq --no-install-recommends chromium >/dev/null || echo "no Chromium: tests of pages are skipped, or fail where EXPERIMENTS_TESTS_REQUIRE names chromium" >&2
"$(dirname "$0")/trixie.sh" || echo "no second world for the PyTorch tests: they are skipped, or fail where EXPERIMENTS_TESTS_REQUIRE names trixie" >&2
"$(dirname "$0")/ci-languages.sh" || echo "no parsers of workflows: their tests are skipped, or fail where EXPERIMENTS_TESTS_REQUIRE names ci-languages" >&2
