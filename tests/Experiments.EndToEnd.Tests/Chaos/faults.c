// Fails calls of the C library in the one process that loads it: its children do without it.
//
// CHAOS_ROOT   calls on files below this folder count, and no others; "console" faults count standard output instead
// CHAOS_KIND   read | write | rename | open | sync | launch | kill | full | console; none of them only counts
// CHAOS_AT     the number of the first call of the kind that fails, from 1
// CHAOS_TIMES  how many fail from there on; 0: all
// CHAOS_ERRNO  with which number
// CHAOS_COUNT  a file that gets "kind count" lines at the end
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { READ, WRITE, RENAME, OPEN, SYNC, LAUNCH, KILL, CONSOLE, KINDS };
static const char *names[KINDS] = { "read", "write", "rename", "open", "sync", "launch", "kill", "console" };
static atomic_int counts[KINDS];
static atomic_int full_writes;
static int armed = -1, full, at, times, number, active;
static char root[4096], counter[4096];
#define FILES 65536
static unsigned char ours[FILES];

typedef void *(*dlsym_function)(void *, const char *);
static dlsym_function real_dlsym;
static void *next(const char *name) { return real_dlsym(RTLD_NEXT, name); }

static void report(void) {
    if (!active || !counter[0]) return;
    FILE *file = fopen(counter, "w");
    if (!file) return;
    for (int kind = 0; kind < KINDS; kind++) fprintf(file, "%s %d\n", names[kind], counts[kind]);
    fclose(file);
}

__attribute__((constructor)) static void begin(void) {
    real_dlsym = (dlsym_function)dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.2.5");
    if (!real_dlsym) real_dlsym = (dlsym_function)dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.34");
    if (!real_dlsym) real_dlsym = (dlsym_function)dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.17");
    const char *folder = getenv("CHAOS_ROOT"), *kind = getenv("CHAOS_KIND"), *file = getenv("CHAOS_COUNT");
    unsetenv("LD_PRELOAD");
    if (!folder) return;
    snprintf(root, sizeof root, "%s", folder);
    if (file) snprintf(counter, sizeof counter, "%s", file);
    at = atoi(getenv("CHAOS_AT") ?: "0");
    times = atoi(getenv("CHAOS_TIMES") ?: "1");
    number = atoi(getenv("CHAOS_ERRNO") ?: "5");
    full = kind && !strcmp(kind, "full");
    for (int each = 0; kind && each < KINDS; each++) if (!strcmp(kind, names[each])) armed = each;
    active = 1;
    atexit(report);
}

static int fails(enum kind kind) {
    if (!active) return 0;
    int call = atomic_fetch_add(&counts[kind], 1) + 1;
    if (armed == (int)kind && at > 0 && call >= at && (times == 0 || call < at + times)) { errno = number; return 1; }
    return 0;
}

// A full disk: from one call on nothing can be written or made any more.
static int is_full(void) {
    if (!active || !full) return 0;
    if (atomic_fetch_add(&full_writes, 1) + 1 < at) return 0;
    errno = ENOSPC;
    return 1;
}

static int below(const char *path) { return active && path && root[0] && !strncmp(path, root, strlen(root)); }
enum { NOBODYS, FILE_BELOW, OUTPUT };
static int is_ours(int file) { return active && file >= 0 && file < FILES && ours[file] == FILE_BELOW; }
static int is_output(int file) { return active && (file == 1 || (file > 2 && file < FILES && ours[file] == OUTPUT)); }
static int opened(int file, int mine) { if (file >= 0 && file < FILES) ours[file] = mine ? FILE_BELOW : NOBODYS; return file; }

static int open_as(const char *name, int folder, const char *path, int flags, mode_t mode) {
    int mine = below(path);
    if (mine && ((flags & O_CREAT) ? is_full() || fails(OPEN) : fails(OPEN))) return -1;
    if (folder == AT_FDCWD) return opened(((int (*)(const char *, int, ...))next(name))(path, flags, mode), mine);
    return opened(((int (*)(int, const char *, int, ...))next("openat"))(folder, path, flags, mode), mine);
}
#define MODE mode_t mode = 0; if (flags & (O_CREAT | O_TMPFILE)) { va_list list; va_start(list, flags); mode = va_arg(list, mode_t); va_end(list); }
int open(const char *path, int flags, ...) { MODE return open_as("open", AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE return open_as("open64", AT_FDCWD, path, flags, mode); }
int openat(int folder, const char *path, int flags, ...) { MODE return open_as("open", folder, path, flags, mode); }
int close(int file) { if (file >= 0 && file < FILES) ours[file] = 0; return ((int (*)(int))next("close"))(file); }

// .NET prints to a duplicate of standard output.
static int duplicated(int file, int copy) { if (copy >= 0 && copy < FILES) ours[copy] = file == 1 ? OUTPUT : file < FILES ? ours[file] : NOBODYS; return copy; }
int dup(int file) { return duplicated(file, ((int (*)(int))next("dup"))(file)); }
static int control(const char *name, int file, int command, void *argument) {
    int result = ((int (*)(int, int, ...))next(name))(file, command, argument);
    return command == F_DUPFD || command == F_DUPFD_CLOEXEC ? duplicated(file, result) : result;
}
#define ARGUMENT va_list list; va_start(list, command); void *argument = va_arg(list, void *); va_end(list);
int fcntl(int file, int command, ...) { ARGUMENT return control("fcntl", file, command, argument); }
int fcntl64(int file, int command, ...) { ARGUMENT return control("fcntl64", file, command, argument); }

ssize_t read(int file, void *to, size_t size) { return is_ours(file) && fails(READ) ? -1 : ((ssize_t (*)(int, void *, size_t))next("read"))(file, to, size); }
ssize_t pread(int file, void *to, size_t size, off_t from) { return is_ours(file) && fails(READ) ? -1 : ((ssize_t (*)(int, void *, size_t, off_t))next("pread"))(file, to, size, from); }
ssize_t pread64(int file, void *to, size_t size, off64_t from) { return is_ours(file) && fails(READ) ? -1 : ((ssize_t (*)(int, void *, size_t, off64_t))next("pread64"))(file, to, size, from); }

static int write_fails(int file) { return is_ours(file) ? is_full() || fails(WRITE) : is_output(file) && fails(CONSOLE); }
ssize_t write(int file, const void *from, size_t size) { return write_fails(file) ? -1 : ((ssize_t (*)(int, const void *, size_t))next("write"))(file, from, size); }
ssize_t pwrite(int file, const void *from, size_t size, off_t to) { return write_fails(file) ? -1 : ((ssize_t (*)(int, const void *, size_t, off_t))next("pwrite"))(file, from, size, to); }
ssize_t pwrite64(int file, const void *from, size_t size, off64_t to) { return write_fails(file) ? -1 : ((ssize_t (*)(int, const void *, size_t, off64_t))next("pwrite64"))(file, from, size, to); }
ssize_t pwritev(int file, const struct iovec *from, int count, off_t to) { return write_fails(file) ? -1 : ((ssize_t (*)(int, const struct iovec *, int, off_t))next("pwritev"))(file, from, count, to); }
int ftruncate(int file, off_t size) { return is_ours(file) && fails(WRITE) ? -1 : ((int (*)(int, off_t))next("ftruncate"))(file, size); }
int ftruncate64(int file, off64_t size) { return is_ours(file) && fails(WRITE) ? -1 : ((int (*)(int, off64_t))next("ftruncate64"))(file, size); }

int fsync(int file) { return is_ours(file) && fails(SYNC) ? -1 : ((int (*)(int))next("fsync"))(file); }
int fdatasync(int file) { return is_ours(file) && fails(SYNC) ? -1 : ((int (*)(int))next("fdatasync"))(file); }
int rename(const char *from, const char *to) { return below(to) && (fails(RENAME)) ? -1 : ((int (*)(const char *, const char *))next("rename"))(from, to); }
int mkdir(const char *path, mode_t mode) { return below(path) && (is_full() || fails(OPEN)) ? -1 : ((int (*)(const char *, mode_t))next("mkdir"))(path, mode); }
int unlink(const char *path) { return below(path) && fails(RENAME) ? -1 : ((int (*)(const char *))next("unlink"))(path); }

typedef int (*spawn_function)(pid_t *, const char *, const posix_spawn_file_actions_t *, const posix_spawnattr_t *, char *const[], char *const[]);
static int chaos_spawn(pid_t *id, const char *path, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes, char *const arguments[], char *const environment[]) {
    return fails(LAUNCH) ? number : ((spawn_function)next("posix_spawn"))(id, path, actions, attributes, arguments, environment);
}
static int chaos_kill(pid_t id, int signal) { return fails(KILL) ? -1 : ((int (*)(pid_t, int))next("kill"))(id, signal); }

// .NET asks for these by name in the library itself, where a preloaded one is not looked for.
void *dlsym(void *library, const char *name) {
    if (active && !strcmp(name, "posix_spawn")) return (void *)chaos_spawn;
    if (active && !strcmp(name, "kill")) return (void *)chaos_kill;
    if (active && !strcmp(name, "open")) return (void *)open;
    if (active && !strcmp(name, "read")) return (void *)read;
    return real_dlsym(library, name);
}
