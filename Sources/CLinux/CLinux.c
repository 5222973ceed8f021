// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "CLinux.h"
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#if defined(__x86_64__)
#include <cpuid.h>
#endif

static int map_all_users(pid_t process, const char *file) {
    const char *all_users = "0 0 4294967295";
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", (int)process, file);
    int map = open(path, O_WRONLY | O_CLOEXEC);
    return map < 0 || write(map, all_users, strlen(all_users)) < 0;
}

int binfmt_unshare_user(int with_mounts) { return unshare(CLONE_NEWUSER | (with_mounts ? CLONE_NEWNS : 0)); }

int binfmt_unshare_user_mapped(int with_mounts) {
    int gate[2];
    char byte = 0;
    if (pipe2(gate, O_CLOEXEC)) return -1;
    const pid_t self = getpid();
    const pid_t helper = fork();
    if (helper == 0) {
        close(gate[1]);
        if (read(gate[0], &byte, 1) != 1) _exit(1);
        _exit(map_all_users(self, "uid_map") || map_all_users(self, "gid_map"));
    }
    const int result = helper < 0 ? -1 : binfmt_unshare_user(with_mounts);
    const int error = errno;
    int status = 1;
    if (result == 0 && write(gate[1], &byte, 1) != 1) status = 1;
    close(gate[1]);
    close(gate[0]);
    while (helper > 0 && waitpid(helper, &status, 0) < 0 && errno == EINTR) {}
    errno = error;
    return result ? -1 : status ? 1 : 0;
}

// Makes only system calls, because between vfork(2) and execve(2) the parent sleeps and shares its memory.
static int start(const struct binfmt_spawn_how *how, volatile enum binfmt_spawn_step *step) {
    const struct rlimit no_core = {0, 0};
    *step = BINFMT_SPAWN_PREPARE;
    if (setpgid(0, 0) || prctl(PR_SET_PDEATHSIG, SIGKILL) || setrlimit(RLIMIT_CORE, &no_core)) return errno;
    if (dup2(how->input, 0) < 0 || dup2(how->output, 1) < 0 || dup2(how->errors, 2) < 0) return errno;
    if (how->root >= 0 && (fchdir(how->root) || chroot("."))) return errno;
    *step = BINFMT_SPAWN_EXECUTE;
    char *const environment[] = {NULL};
    execve(how->path, how->arguments, environment);
    return errno;
}

pid_t binfmt_spawn(const struct binfmt_spawn_how *how, enum binfmt_spawn_step *step) {
    volatile enum binfmt_spawn_step reached = BINFMT_SPAWN_PREPARE;
    volatile int error = 0;
    pid_t child = vfork();
    if (child == 0) {
        error = start(how, &reached);
        _exit(127);
    }
    *step = reached;
    if (child < 0) return -1;
    if (error == 0) return child;
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
    errno = error;
    return -1;
}

int binfmt_refusal(const char *path) {
    volatile int refusal = 0;
    pid_t child = vfork();
    if (child == 0) {
        char *const arguments[] = {(char *)path, NULL}, *const environment[] = {NULL};
        // Without its parent it would keep the registry's lock.
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        execve(path, arguments, environment);
        refusal = errno;
        _exit(127);
    }
    if (child < 0) return -1;
    kill(child, SIGKILL);
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
    return refusal;
}

// Defined by the linker.
extern const char __ehdr_start[] __attribute__((visibility("hidden")));

const void *binfmt_own_header(void) { return __ehdr_start; }

struct binfmt_cpuid binfmt_cpuid(unsigned int leaf) {
    struct binfmt_cpuid result = {0, 0};
#if defined(__x86_64__)
    unsigned int a, d;
    __get_cpuid_count(leaf, 0, &a, &result.b, &result.c, &d);
#else
    (void)leaf;
#endif
    return result;
}

unsigned int binfmt_saved_registers(void) {
    unsigned int low = 0;
#if defined(__x86_64__)
    unsigned int high;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
#endif
    return low;
}
