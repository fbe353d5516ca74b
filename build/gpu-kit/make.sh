#!/usr/bin/env bash
# Makes the GPU kit: a folder of at most 60 MiB that answers, in one command of under six minutes, what only a machine with a GPU can.
# It needs there x86-64 Linux and a Python with a current torch; no .NET, no network. lightning, accelerate, timm and transformers are
# swept where they are installed.
#   build/gpu-kit/make.sh [FOLDER]      the default is artifacts/gpu-kit; then, on the machine: FOLDER/run.sh
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
repository=$here/../..
kit=$(realpath -m "${1:-$repository/artifacts/gpu-kit}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# From a copy without lock files: the runtime of another platform is no part of the repository's restore.
tar -C "$repository" -c --exclude=packages.lock.json --exclude=bin --exclude=obj --exclude=.git --exclude=artifacts --exclude=.experiments . \
    | tar -C "$work" -x
dotnet publish "$work/src/Experiments.Tool" -c Release -r linux-x64 --self-contained -v q -nologo -o "$work/tool" \
    -p:UseAppHost=true -p:PublishSingleFile=true -p:EnableCompressionInSingleFile=true -p:RestoreLockedMode=false \
    -p:RunAnalyzers=false -p:EnforceCodeStyleInBuild=false # the build has looked already
rm -rf "$kit"
mkdir -p "$kit"
cp -r "$here/kit/." "$kit"
cp -r "$work/tool" "$kit/tool"
rm -f "$kit"/tool/*.pdb "$kit"/tool/*.xml
mv "$kit/tool/Experiments.Tool" "$kit/tool/experiments"
mebibytes=$(du -sm --apparent-size "$kit" | cut -f1)
echo "$kit: $mebibytes MiB"
[ "$mebibytes" -le 60 ] || { echo "the kit exceeds 60 MiB" >&2; exit 1; }
