#!/usr/bin/env bash
# Sweeps what only a GPU can answer, and writes it to results/: PYTHON=/path/to/python ./run.sh
# Each sweep has a limit of its own, all of them together five and a half minutes; one that fails does not stop the others.
# With --dry-run it also runs on a machine without a GPU: what needs one is told to be unanswered.
set -uo pipefail
cd "$(dirname "$(readlink -f "$0")")"
python=${PYTHON:-$(command -v python3)}
dry=${1:-}
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_BUNDLE_EXTRACT_BASE_DIR="$PWD/results/bundle" PYTHONDONTWRITEBYTECODE=1
rm -rf results
mkdir -p results/logs
deadline=$((SECONDS + 330))
if ! "$python" -c 'import torch' 2>results/logs/torch; then
    echo "$python has no torch; name one that has: PYTHON=... ./run.sh" >&2
    exit 2
fi
has_gpu=$("$python" -c 'import torch; print(int(torch.cuda.is_available()))')
if [ "$has_gpu" = 0 ] && [ "$dry" != --dry-run ]; then
    echo "torch sees no GPU here; ./run.sh --dry-run tries the kit without one" >&2
    exit 2
fi
{ uname -a; nproc; "$python" --version; "$python" -m pip list 2>/dev/null | grep -iE '^(torch|lightning|accelerate|timm|transformers|numpy)'; nvidia-smi; } >results/machine.txt 2>&1
[ "$has_gpu" = 1 ] && nvidia-smi --query-gpu=timestamp,memory.used,utilization.gpu --format=csv,noheader,nounits -lms 200 >results/nvidia-smi.csv 2>/dev/null &
smi=$!
./tool/experiments doctor >results/logs/doctor 2>&1

# name, seconds at most, what it needs
sweep() {
    local name=$1 limit=$2 needs=$3 begun=$SECONDS left=$((deadline - SECONDS))
    if [ "$needs" = gpu ] && [ "$has_gpu" = 0 ]; then
        echo "$name: unanswered, no GPU" | tee -a results/steps.txt
    elif [ "$needs" != gpu ] && ! "$python" -c "import $needs" 2>/dev/null; then
        echo "$name: unanswered, $needs is not installed" | tee -a results/steps.txt
    elif [ "$left" -lt 10 ]; then
        echo "$name: unanswered, no time left" | tee -a results/steps.txt
    else
        mkdir -p "results/$name"
        sed "s|PYTHON|$python|; s|KIT|$PWD|" "sweeps/$name.yaml" >"results/$name/sweep.yaml"
        (cd "results/$name" && OWN_CLOCK="$PWD/clock" timeout -k 10 $((left < limit ? left : limit)) ../../tool/experiments run sweep.yaml) >"results/logs/$name" 2>&1
        echo "$name: exit code $? after $((SECONDS - begun)) s" | tee -a results/steps.txt
    fi
}

sweep pinning 90 torch          # does pinning matter, and is it measured rightly?
sweep synchronised 40 gpu       # is a step the same with and without synchronisation?
sweep memory 30 gpu             # NVML's memory and processes against torch's own figures
sweep gpu_limit 30 gpu          # limits.gpu_memory ends a trial and is named
sweep out_of_memory 30 gpu      # CUDA's own out of memory is named
sweep lightning 50 lightning
sweep accelerate 50 accelerate
sweep timm 50 timm
sweep transformers 50 transformers
kill "$smi" 2>/dev/null
rm -rf results/bundle
"$python" report.py | tee results/report.txt
exit "${PIPESTATUS[0]}"
