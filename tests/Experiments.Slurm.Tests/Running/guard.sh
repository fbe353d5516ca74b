#!/bin/bash
# Runs a daemon of a test's cluster, and ends it when standard input closes, as it does when the tests die, however they die.
# guard.sh FOLDER PROGRAM ARGUMENTS…; FOLDER is the cluster's: what its jobs left behind goes with it.
folder=$1
shift
"$@" < /dev/null > /dev/null 2>&1 &
daemon=$!
while read -r _; do :; done
kill "$daemon" 2> /dev/null
for _ in $(seq 30); do kill -0 "$daemon" 2> /dev/null || break; sleep 0.1; done
kill -9 "$daemon" 2> /dev/null
for environment in $(grep -lsz "$folder" /proc/[0-9]*/environ); do
  process=${environment#/proc/} # it may have ended meanwhile
  process=${process%/environ}
  case "$( { tr '\0' ' ' < "/proc/$process/cmdline"; } 2> /dev/null)" in *guard.sh*) continue ;; esac
  [ "$process" != $$ ] && kill -9 "$process" 2> /dev/null
done
exit 0
