// Takes memory in known ways, so that what is measured can be compared with what was taken.
//   memory private MIB MS            one process
//   memory tree SHARED PRIVATE CHILDREN MS   SHARED MiB before the forks, PRIVATE MiB touched in each child
//   memory spike MIB MS REST_MS      MIB MiB for MS, freed, then REST_MS
//   memory shm MIB MS                a file in /dev/shm, written by write(2) and mapped by nobody
//   memory cache MIB MS FILE         reads a file of MIB MiB through the page cache
//   memory grow MIB_A_STEP STEPS STEP_MS   leaks in one child, reports a step event each time
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static const size_t MIB = 1 << 20;

static char *take(size_t mib) {
    char *at = mmap(NULL, mib * MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED) exit(9);
    memset(at, 1, mib * MIB);
    return at;
}

static void nap(int ms) { usleep(ms * 1000); }

static void step(int number, int ms) {
    struct timeval now;
    gettimeofday(&now, NULL);
    FILE *events = fopen(getenv("EXPERIMENTS_EVENTS"), "a");
    fprintf(events, "{\"type\":\"step\",\"step\":%d,\"samples\":1,\"step_s\":%g,\"t\":%ld.%06ld}\n",
            number, ms / 1000.0, now.tv_sec, now.tv_usec);
    fclose(events);
}

int main(int count, char **words) {
    if (count < 4) return 2;
    int first = atoi(words[2]), second = atoi(words[3]);
    if (!strcmp(words[1], "private")) {
        take(first);
        nap(second);
    } else if (!strcmp(words[1], "tree")) {
        // All hold at the same time, however slowly the machine lets them get there.
        int children = atoi(words[4]);
        volatile int *ready = mmap(NULL, MIB, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        take(first);
        for (int child = 0; child < children; child++)
            if (fork() == 0) {
                take(second);
                __sync_fetch_and_add(ready, 1);
                while (*ready < children) nap(1);
                nap(atoi(words[5]));
                _exit(0);
            }
        while (wait(NULL) > 0) { }
    } else if (!strcmp(words[1], "spike")) {
        char *at = take(first);
        nap(second);
        munmap(at, first * MIB);
        nap(atoi(words[4]));
    } else if (!strcmp(words[1], "shm")) {
        char name[64], *block = calloc(1, MIB);
        snprintf(name, sizeof name, "/dev/shm/experiments-test-%d", getpid());
        int file = open(name, O_CREAT | O_RDWR, 0600);
        unlink(name);
        for (int done = 0; done < first; done++)
            if (write(file, block, MIB) != (ssize_t)MIB) return 9;
        nap(second);
    } else if (!strcmp(words[1], "cache")) {
        char *block = calloc(1, MIB);
        int file = open(words[4], O_CREAT | O_RDWR, 0600);
        for (int done = 0; done < first; done++)
            if (write(file, block, MIB) != (ssize_t)MIB) return 9;
        fsync(file);
        lseek(file, 0, SEEK_SET);
        while (read(file, block, MIB) > 0) { }
        nap(second);
    } else if (!strcmp(words[1], "grow")) {
        int pair[2];
        char beat = 0;
        if (pipe(pair)) return 9;
        if (fork() == 0) {
            close(pair[1]);
            while (read(pair[0], &beat, 1) == 1) take(first);
            _exit(0);
        }
        for (int done = 1; done <= second; done++) {
            if (write(pair[1], &beat, 1) != 1) return 9;
            nap(atoi(words[4]));
            step(done, atoi(words[4]));
        }
        close(pair[1]);
        wait(NULL);
    }
    return 0;
}
