// A fake of NVIDIA's management library. Built with -DSTATE="file": its lines are `percent used_mib pid pid_mib` by device,
// read anew at each call; pid 0 is no process, pid_mib 0 is memory that the driver hides. Without the file there is no driver.
// What was last read of a process is told in STATE ".seen", for trials that wait until they are.
#include <stdio.h>

typedef struct { unsigned gpu, memory; } Utilization;
typedef struct { unsigned long long total, free, used; } Memory;
typedef struct { unsigned pid; unsigned long long used; unsigned gpu, compute; } Process;
typedef struct { unsigned percent, used, pid, pid_used; } Row;

static int row(size_t index, Row *row) {
    FILE *file = fopen(STATE, "r");
    int found = 0;
    if (!file) return 0;
    for (size_t at = 0; fscanf(file, "%u %u %u %u", &row->percent, &row->used, &row->pid, &row->pid_used) == 4; at++)
        if (at == index) { found = 1; break; }
    fclose(file);
    return found;
}

#define READ Row r; if (!row((size_t)device - 1, &r)) return 15

int nvmlInit_v2(void) { FILE *file = fopen(STATE, "r"); if (!file) return 9; fclose(file); return 0; }
int nvmlShutdown(void) { return 0; }
int nvmlDeviceGetCount_v2(unsigned *count) { Row r; for (*count = 0; row(*count, &r); ++*count) { } return 0; }
int nvmlDeviceGetHandleByIndex_v2(unsigned index, void **device) { *device = (void *)(size_t)(index + 1); return 0; }
int nvmlDeviceGetUUID(void *device, char *text, unsigned length) { READ; snprintf(text, length, "GPU-fake-%zu", (size_t)device - 1); return 0; }
int nvmlDeviceGetUtilizationRates(void *device, Utilization *out) { READ; out->gpu = r.percent; out->memory = 0; return 0; }
int nvmlDeviceGetMemoryInfo(void *device, Memory *out) { READ; out->total = 80ULL << 30; out->used = (unsigned long long)r.used << 20; out->free = out->total - out->used; return 0; }
int nvmlDeviceGetPowerUsage(void *device, unsigned *milliwatts) { READ; *milliwatts = 60000 + r.percent * 3000; return 0; }
int nvmlDeviceGetTemperature(void *device, int sensor, unsigned *celsius) { READ; *celsius = 40 + r.percent / 2; return sensor; }
int nvmlDeviceGetCurrentClocksThrottleReasons(void *device, unsigned long long *reasons) { READ; *reasons = r.percent > 95 ? 4 : 1; return 0; }
int nvmlDeviceGetComputeRunningProcesses_v3(void *device, unsigned *count, Process *out) {
    READ;
    FILE *seen = fopen(STATE ".seen", "w");
    if (seen) { fprintf(seen, "%u %u\n", r.pid, r.pid_used); fclose(seen); }
    *count = r.pid ? 1 : 0;
    if (r.pid) { out[0].pid = r.pid; out[0].used = r.pid_used ? (unsigned long long)r.pid_used << 20 : ~0ULL; out[0].gpu = out[0].compute = ~0u; }
    return 0;
}
