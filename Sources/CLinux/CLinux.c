// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "CLinux.h"
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>

int binfmt_unshare_user(int with_mounts) { return unshare(CLONE_NEWUSER | (with_mounts ? CLONE_NEWNS : 0)); }

// Between vfork(2) and execve(2) nothing but system calls; the parent sleeps meanwhile, and shares its memory.
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
