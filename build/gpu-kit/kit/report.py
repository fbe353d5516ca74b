"""Reads results/, and says for each sweep what was measured against the script's own figures. Exit code 1: something does not agree."""
import glob
import json
import os
import sys

NEAR = 0.05


def clocks(folder):
    """Samples a second after the warm-up by the scripts' own clocks, by the time they began."""
    found = []
    for path in glob.glob(folder + "/clock.*"):
        marks = [[float(word) for word in line.split()] for line in open(path)]
        if len(marks) > 7:
            (samples, seconds, began), (all_samples, all_seconds, _) = marks[4], marks[-1]
            found.append((began, (all_samples - samples) / (all_seconds - seconds), path))
    return sorted(found)


def own_figures(folder):
    """What the scripts printed as `own NAME VALUE`."""
    figures = {}
    for path in sorted(glob.glob(folder + "/.experiments/*/*/*/*/stdout.log") + glob.glob(folder + "/.experiments/**/stdout.log", recursive=True)):
        for line in open(path, errors="replace"):
            words = line.split()
            if len(words) == 3 and words[0] == "own":
                figures[words[1]] = float(words[2])
    return figures


def check(name, agrees, text):
    print("%-14s %-8s %s" % (name, "agrees" if agrees else "DIFFERS", text))
    return agrees


def rates(name, folder, trials):
    good, own = True, clocks(folder)
    for number, trial in enumerate(sorted(trials, key=lambda trial: trial["startedAt"])):
        values = " ".join("%s=%s" % pair for pair in trial["configuration"]["values"].items())
        metrics = trial["metrics"]
        ours = metrics.get("epoch/samples_per_second", metrics.get("samples_per_second"))
        if ours is None or number >= len(own):
            good &= check(name, False, "%s: %s" % (values, " ".join(d["code"] + " " + d["message"] for d in trial["diagnostics"]) or "not measured"))
            continue
        extra = " ".join("%s %.5g" % (key, metrics[key]) for key in sorted(metrics) if "gpu" in key)
        off = ours / own[number][1] - 1
        good &= check(name, abs(off) <= NEAR, "%s: %.0f samples/s for its own %.0f (%+.1f %%); wait %.0f %% %s" % (
            values, ours, own[number][1], 100 * off, 100 * metrics.get("loader/wait_fraction", 0), extra))
    return good


def memory(name, folder, trials):
    own, metrics = own_figures(folder), trials[0]["metrics"]
    ours, torch, smi = metrics.get("memory/gpu_peak_megabytes"), own.get("reserved_megabytes"), own.get("nvidia_smi_megabytes")
    context = own.get("context_megabytes", 1024)
    agrees = ours is not None and torch is not None and torch <= ours <= torch + context + 64
    return check(name, agrees, "GPU peak %s MiB; torch reserved %s, nvidia-smi said %s" % (ours, torch, smi))


def code(name, expected, trials):
    codes = [diagnostic["code"] for trial in trials for diagnostic in trial["diagnostics"]]
    return check(name, expected in codes, "%s is named: %s" % (expected, " ".join(codes)))


def main():
    good = True
    for line in open("results/steps.txt"):
        name, _, what = line.strip().partition(": ")
        if what.startswith("unanswered"):
            print("%-14s %s" % (name, what))
            continue
        folder = os.path.join("results", name)
        files = glob.glob(folder + "/.experiments/**/results.json", recursive=True)
        if not files:
            good &= check(name, False, "%s, and no results; see results/logs/%s" % (what, name))
            continue
        with open(files[0]) as file:
            trials = json.load(file)["sweep"]["trials"]
        if name == "memory":
            good &= memory(name, folder, trials)
        elif name == "gpu_limit":
            good &= code(name, "EXP3013", trials)
        elif name == "out_of_memory":
            good &= code(name, "EXP3103", trials)
        else:
            good &= rates(name, folder, trials)
    return 0 if good else 1


sys.exit(main())
