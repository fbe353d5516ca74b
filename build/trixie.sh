#!/usr/bin/env bash
# Makes the tests' second world, once a machine: Debian trixie (Python 3.13, torch 2.6) in a folder of its own.
# Prints the path of its interpreter, a program that any test or sweep may use as train.python. Needs root; takes about three minutes
# and 1.3 GB. EXPERIMENTS_WORLDS says where; the default is the user's cache folder. With --where it makes nothing: exit code 1 says that
# there is none yet.
set -euo pipefail
version=1 # of this recipe: another one makes another folder
suite=trixie
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
worlds=${EXPERIMENTS_WORLDS:-${XDG_CACHE_HOME:-$HOME/.cache}/experiments/worlds}
world=$worlds/$suite-$version
if [ "${1:-}" = --where ]; then
    [ -x "$world/python3" ] && echo "$world/python3"
    exit
fi

make_root() {
    export DEBIAN_FRONTEND=noninteractive
    debootstrap --variant=minbase "$suite" "$root" "$mirror"
    # what no test reads: documents, translations, headers
    printf 'path-exclude=%s\n' '/usr/share/'{doc,man,info,locale}'/*' '/usr/include/*' >"$root/etc/dpkg/dpkg.cfg.d/small"
    chroot "$root" apt-get install -y --no-install-recommends \
        python3-torch python3-torchvision python3-numpy python3-h5py python3-pil python3-psutil
    # Debian builds torch without libuv, and torchrun --standalone asks for it whatever USE_LIBUV says
    (cd "$root/usr/lib/python3/dist-packages/torch/distributed" &&
        sed -i 's/multi_tenant=True,/& use_libuv=False,/' elastic/rendezvous/{c10d_rendezvous_backend,dynamic_rendezvous}.py &&
        sed -i 's/is_master=False,/& use_libuv=False,/' rendezvous.py)
    chroot "$root" apt-get clean
    rm -rf "$root"/var/lib/apt/lists/*
    touch "$root/etc/hosts"
}

mkdir -p "$worlds"
exec 9>"$worlds/$suite.lock"
flock 9
if [ ! -x "$world/python3" ]; then
    rm -rf "$worlds/.$suite"-* # what a killed run left
    work=$(mktemp -d "$worlds/.$suite-XXXXXX")
    trap 'tail -20 "$work/log" >&2; rm -rf "$work"' EXIT
    chmod 755 "$work"
    root=$work/root
    make_root >"$work/log" 2>&1
    # Only /usr and /etc are the other world's, and of /etc not who and where we are: every other path, process, signal and limit stays
    # the caller's.
    cat >"$work/python3" <<'ENTER'
#!/bin/sh
world=$(dirname "$(readlink -f "$0")")/root
[ "$(id -u)" = 0 ] && as= || as='--map-current-user --keep-caps'
export USE_LIBUV="${USE_LIBUV:-0}" # Debian builds torch without it
exec unshare --mount $as -- /bin/sh -c '
    for file in hosts passwd; do mount --bind "/etc/$file" "$0/etc/$file" || exit; done
    mount --rbind "$0/etc" /etc && mount --bind "$0/usr" /usr && exec /usr/bin/python3 "$@"' "$world" "$@"
ENTER
    chmod 755 "$work/python3"
    "$work/python3" -c 'import torch, torchvision, h5py, PIL, psutil'
    trap - EXIT
    mv "$work" "$world"
fi
echo "$world/python3"
