#!/usr/bin/env bash
# Installs, once a machine, what reads workflows as the services do: GitHub's own parser of its workflows, and gitlab-ci-local with GitLab's schema.
# Both come from npm into the user's cache folder (about 30 MB). With --where it installs nothing: exit code 1 says that they are not there.
set -euo pipefail
version=1 # of this recipe: another one makes another folder
place=${XDG_CACHE_HOME:-$HOME/.cache}/experiments/ci-languages-$version
if [ "${1:-}" = --where ]; then
    [ -d "$place" ] && echo "$place"
    exit
fi

if [ ! -d "$place" ]; then
    command -v npm >/dev/null || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null
    mkdir -p "$(dirname "$place")"
    work=$(mktemp -d "$place-XXXXXX")
    trap 'rm -rf "$work"' EXIT
    npm install --prefix "$work" --silent --no-audit --no-fund @actions/workflow-parser@0.3.61 gitlab-ci-local@4.61.1 >&2
    mv -T "$work" "$place"
    trap - EXIT
fi
echo "$place"
