"""Optuna with SQLite storage, each trial the process `true`: prints the milliseconds from the start of a trial to that of the next."""
import subprocess
import sys

import optuna

folder, trials = sys.argv[1], int(sys.argv[2])
optuna.logging.set_verbosity(optuna.logging.ERROR)
study = optuna.create_study(storage=f"sqlite:///{folder}/optuna.db", sampler=optuna.samplers.RandomSampler(seed=0))


def objective(trial):
    trial.suggest_int("n", 0, trials)
    return subprocess.run(["true"], check=True).returncode


study.optimize(objective, n_trials=trials)
starts = [trial.datetime_start.timestamp() for trial in study.trials]
print(" ".join(f"{1000 * (after - before):.3f}" for before, after in zip(starts, starts[1:])))
