// SPDX-License-Identifier: Apache-2.0
// Loaded into a program by LD_PRELOAD: counts the program's system calls, and makes one of them fail. FAIL_ONCE names a
// file that is shared with the test that orders the failure: see struct order.
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <sys/vfs.h>
#include <unistd.h>

struct order {
    uint32_t which;         // the call that is to fail, from 1; 0 for none
    uint32_t choice;        // with which of its errors, or SEND + a signal that the program gets before the call
    uint32_t count;         // the calls so far
    uint32_t error;         // the errno that it failed with; UINT32_MAX if it has fewer errors, or gets a signal
    char wanted_call[16];   // if not empty, no other call counts
    char wanted_path[104];  // if not empty, no other path does
    char call[16];          // the call that failed
    char path[104];         // what it was about, where that is known
};

#define SEND 1000u

static struct order *order;
static ElfW(Addr) program_start, program_end;

static int find_program(struct dl_phdr_info *info, size_t size, void *data) {
    (void)size, (void)data;
    program_start = UINTPTR_MAX;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
        if (segment->p_type != PT_LOAD) continue;
        ElfW(Addr) start = info->dlpi_addr + segment->p_vaddr;
        if (start < program_start) program_start = start;
        if (start + segment->p_memsz > program_end) program_end = start + segment->p_memsz;
    }
    return 1; // the program is the first
}

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("FAIL_ONCE");
    dl_iterate_phdr(find_program, NULL);
    int file = path ? (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *memory = mmap(NULL, sizeof(struct order), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (memory != MAP_FAILED) order = memory;
    syscall(SYS_close, file);
}

// Whether this call has to fail; errno is then the error. The call is about the path, or else about the file.
static bool fails(const char *call, const char *path, int file, const int *errors) {
    char link[32], target[sizeof order->path] = "";
    if (!order || !order->which || order->error) return false;
    if (order->wanted_call[0] && strcmp(order->wanted_call, call) != 0) return false;
    if (!path && file >= 0) {
        snprintf(link, sizeof link, "/proc/self/fd/%d", file);
        syscall(SYS_readlink, link, target, sizeof target - 1);
    }
    if (order->wanted_path[0] && strcmp(order->wanted_path, path ? path : target) != 0) return false;
    if (++order->count != order->which) return false;
    snprintf(order->call, sizeof order->call, "%s", call);
    snprintf(order->path, sizeof order->path, "%s", path ? path : target);
    if (order->choice >= SEND) {
        order->error = UINT32_MAX;
        syscall(SYS_kill, syscall(SYS_getpid), order->choice - SEND);
        return false;
    }
    for (uint32_t i = 0; *errors && i < order->choice; i++) errors++;
    order->error = *errors ? (uint32_t)*errors : UINT32_MAX;
    if (*errors) errno = *errors;
    return *errors != 0;
}

#define ERRORS(...) ((const int[]){__VA_ARGS__, 0})
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
// Calls that libraries make for themselves are not the program's to handle.
#define BY_PROGRAM                                                                                                      \
    ((ElfW(Addr))__builtin_return_address(0) >= program_start && (ElfW(Addr))__builtin_return_address(0) < program_end)
#define FAILS(call, ...) fails(call, NULL, -1, ERRORS(__VA_ARGS__))
#define FAILS_AT(call, path, ...) fails(call, path, -1, ERRORS(__VA_ARGS__))
#define FAILS_ON(call, file, ...) fails(call, NULL, file, ERRORS(__VA_ARGS__))

static bool open_fails(const char *path, int flags) {
    if (flags & O_CREAT) return FAILS_AT("open", path, EROFS, ENOSPC, EINTR);
    return FAILS_AT("open", path, EMFILE, EIO, ENOMEM, EINTR);
}

// The flags tell whether a variadic function has its last argument.
static mode_t mode_of(int flags, va_list arguments) {
    return flags & (O_CREAT | __O_TMPFILE) ? va_arg(arguments, mode_t) : 0;
}

#define OPEN(name)                                                                                                      \
    int name(const char *path, int flags, ...) {                                                                        \
        va_list arguments;                                                                                              \
        va_start(arguments, flags);                                                                                     \
        mode_t mode = mode_of(flags, arguments);                                                                        \
        va_end(arguments);                                                                                              \
        return open_fails(path, flags) ? -1 : REAL(name)(path, flags, mode);                                            \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                                                                    \
    int name(int directory, const char *path, int flags, ...) {                                                         \
        va_list arguments;                                                                                              \
        va_start(arguments, flags);                                                                                     \
        mode_t mode = mode_of(flags, arguments);                                                                        \
        va_end(arguments);                                                                                              \
        return open_fails(path, flags) ? -1 : REAL(name)(directory, path, flags, mode);                                 \
    }
OPENAT(openat)
OPENAT(openat64)

ssize_t read(int file, void *buffer, size_t size) {
    if (BY_PROGRAM && FAILS_ON("read", file, EIO, EINTR)) return -1;
    return REAL(read)(file, buffer, size);
}

ssize_t write(int file, const void *buffer, size_t size) {
    if (BY_PROGRAM && file != STDERR_FILENO && FAILS_ON("write", file, ENOSPC, ENOMEM, EINTR)) return -1;
    return REAL(write)(file, buffer, size);
}

ssize_t writev(int file, const struct iovec *parts, int count) {
    if (BY_PROGRAM && FAILS_ON("writev", file, ENOMEM, EINTR)) return -1;
    return REAL(writev)(file, parts, count);
}

// The descriptor is closed, even if close(2) fails.
int close(int file) {
    int result = REAL(close)(file);
    return BY_PROGRAM && FAILS("close", EIO, EINTR) ? -1 : result;
}

#define STAT(name)                                                                                                      \
    int name(const char *path, struct stat *information) {                                                              \
        return BY_PROGRAM && FAILS_AT(#name, path, EIO) ? -1 : REAL(name)(path, information);                           \
    }
STAT(stat)
STAT(lstat)

int fstat(int file, struct stat *information) {
    return BY_PROGRAM && FAILS_ON("fstat", file, ENOMEM) ? -1 : REAL(fstat)(file, information);
}

int fstatat(int directory, const char *path, struct stat *information, int flags) {
    return BY_PROGRAM && FAILS_AT("fstatat", path, ENOMEM) ? -1 : REAL(fstatat)(directory, path, information, flags);
}

int fstatfs(int file, struct statfs *information) {
    return BY_PROGRAM && FAILS_ON("fstatfs", file, EIO) ? -1 : REAL(fstatfs)(file, information);
}

int statvfs(const char *path, struct statvfs *information) {
    return BY_PROGRAM && FAILS_AT("statvfs", path, EIO) ? -1 : REAL(statvfs)(path, information);
}

ssize_t readlink(const char *path, char *buffer, size_t size) {
    return BY_PROGRAM && FAILS_AT("readlink", path, EIO) ? -1 : REAL(readlink)(path, buffer, size);
}

DIR *opendir(const char *path) {
    return BY_PROGRAM && FAILS_AT("opendir", path, EMFILE, EIO, ENOMEM) ? NULL : REAL(opendir)(path);
}

DIR *fdopendir(int file) { return BY_PROGRAM && FAILS("fdopendir", ENOMEM) ? NULL : REAL(fdopendir)(file); }

struct dirent *readdir(DIR *stream) { return BY_PROGRAM && FAILS("readdir", EIO) ? NULL : REAL(readdir)(stream); }

int mkdir(const char *path, mode_t mode) {
    return BY_PROGRAM && FAILS_AT("mkdir", path, ENOSPC, EROFS, EIO) ? -1 : REAL(mkdir)(path, mode);
}

int rename(const char *from, const char *to) {
    return BY_PROGRAM && FAILS_AT("rename", to, ENOSPC, EROFS, EIO) ? -1 : REAL(rename)(from, to);
}

int unlink(const char *path) { return BY_PROGRAM && FAILS_AT("unlink", path, EROFS, EIO) ? -1 : REAL(unlink)(path); }

int flock(int file, int operation) {
    return BY_PROGRAM && FAILS_ON("flock", file, ENOLCK, EINTR) ? -1 : REAL(flock)(file, operation);
}

// posix_spawn(3) returns the error number.
int posix_spawn(
    pid_t *child, const char *path, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes,
    char *const arguments[], char *const environment[]) {
    if (FAILS_AT("posix_spawn", path, EAGAIN, ENOMEM)) return errno;
    return REAL(posix_spawn)(child, path, actions, attributes, arguments, environment);
}

// For memfd_create(2) and others; none has more than six arguments.
long syscall(long number, ...) {
    va_list list;
    va_start(list, number);
    long a = va_arg(list, long), b = va_arg(list, long), c = va_arg(list, long);
    long d = va_arg(list, long), e = va_arg(list, long), f = va_arg(list, long);
    va_end(list);
    if (number == SYS_memfd_create && FAILS("memfd_create", EMFILE, ENOMEM)) return -1;
    return REAL(syscall)(number, a, b, c, d, e, f);
}

// The calls that sd-event(3) makes on behalf of the program.
int inotify_add_watch(int file, const char *path, uint32_t mask) {
    return FAILS_AT("add_watch", path, ENOSPC, ENOMEM) ? -1 : REAL(inotify_add_watch)(file, path, mask);
}

int inotify_init1(int flags) { return FAILS("inotify_init", EMFILE, ENOMEM) ? -1 : REAL(inotify_init1)(flags); }

int epoll_create1(int flags) { return FAILS("epoll_create", EMFILE, ENOMEM) ? -1 : REAL(epoll_create1)(flags); }

int epoll_ctl(int epoll, int operation, int file, struct epoll_event *event) {
    if (operation == EPOLL_CTL_ADD && FAILS("epoll_ctl", ENOSPC, ENOMEM)) return -1;
    return REAL(epoll_ctl)(epoll, operation, file, event);
}

int timerfd_create(int clock, int flags) {
    return FAILS("timerfd", EMFILE, ENOMEM) ? -1 : REAL(timerfd_create)(clock, flags);
}

int signalfd(int file, const sigset_t *mask, int flags) {
    return FAILS("signalfd", EMFILE, ENOMEM) ? -1 : REAL(signalfd)(file, mask, flags);
}
