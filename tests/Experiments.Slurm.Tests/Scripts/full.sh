#!/bin/bash
#SBATCH --job-name=experiments-20260131-235959-0f3a-0001-abcdef
#SBATCH --array=0-0%8
#SBATCH --output="/shared/100%% mine/it's/slurm/batch-0002/log/%a.log"
#SBATCH --open-mode=append
#SBATCH --requeue
#SBATCH --partition=gpu,long
#SBATCH --account=lab
#SBATCH --constraint="a100 & nvme"
#SBATCH --gres=gpu:1
#SBATCH --cpus-per-task=16
#SBATCH --mem=65537M
#SBATCH --time=17
#SBATCH --qos=high
#SBATCH --mail-type=FAIL
# Made by experiments: each job runs the trials that batch.json gives its index, and says in files beside it how that goes.
batch='/shared/100% mine/it'\''s/slurm/batch-0002'
folder=/home/me/project
task=$SLURM_ARRAY_TASK_ID
attempt=${SLURM_RESTART_COUNT:-0}
asked=false
stage=folder
say() {
  printf '%s\n' "$2" > "$batch/.$task.$attempt.$1" && mv -f "$batch/.$task.$attempt.$1" "$batch/$task.$attempt.$1"
}
over() {
  status=$?
  trap - EXIT
  say end "{\"status\":$status,\"stage\":\"$stage\",\"asked\":$asked,\"at\":\"$(date -u +%FT%TZ)\"}"
  exit $status
}
trap 'asked=true' TERM
trap over EXIT
echo "experiments: attempt $attempt of task $task on ${SLURMD_NODENAME:-$HOSTNAME}"
say start "{\"node\":\"${SLURMD_NODENAME:-$HOSTNAME}\",\"job\":\"$SLURM_ARRAY_JOB_ID\",\"at\":\"$(date -u +%FT%TZ)\"}" || exit 74
cd -- "$folder" || exit 1
stage=setup:0
module load cuda/12
[ $? -eq 0 ] || exit 1
stage=setup:1
source ~/miniconda/bin/activate && conda activate train
[ $? -eq 0 ] || exit 1
stage=runner
/usr/bin/dotnet exec /opt/experiments/Experiments.Tool.dll trial --batch "$batch" --task "$task" --attempt "$attempt" < /dev/null
