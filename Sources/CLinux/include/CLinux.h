// SPDX-License-Identifier: Apache-2.0
// What Swift's Glibc module lacks. No _GNU_SOURCE here: it would change what other headers declare.
#pragma once
#include <linux/magic.h>
#include <linux/memfd.h>
#include <linux/openat2.h>
#include <malloc.h>
#include <sys/inotify.h>
#include <sys/mount.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

// <fcntl.h> and <sys/statvfs.h> have these under _GNU_SOURCE alone; they are a part of the kernel's ABI.
enum { BINFMT_O_PATH = 010000000, BINFMT_ST_NOEXEC = 8 };

// A file in memory that can be executed. glibc declares memfd_create(2) under _GNU_SOURCE alone; the flag came with Linux
// 6.3, where vm.memfd_noexec may ask for it, and is EINVAL before.
static inline int binfmt_executable_memfd(const char *name) {
    const unsigned int may_be_executed = 0x10U; // MFD_EXEC
    int file = (int)syscall(SYS_memfd_create, name, MFD_CLOEXEC | may_be_executed);
    return file >= 0 ? file : (int)syscall(SYS_memfd_create, name, MFD_CLOEXEC);
}

// Opens a path as it leads below another root, links and all (Linux 5.6). glibc has no openat2(2).
static inline int binfmt_open_in_root(int root, const char *path, int flags) {
    struct open_how how = {.flags = (unsigned int)flags, .resolve = RESOLVE_IN_ROOT};
    return (int)syscall(SYS_openat2, root, path, &how, sizeof how);
}

// Opens a descriptor that becomes readable when a process ends (Linux 5.3).
static inline int binfmt_open_process(pid_t process) { return (int)syscall(SYS_pidfd_open, process, 0); }

// unshare(2) with CLONE_NEWUSER, and CLONE_NEWNS where asked; glibc declares it under _GNU_SOURCE alone.
int binfmt_unshare_user(int with_mounts);

// The same for root, with everybody mapped to himself, which only a process outside may do. Returns 0; 1 if nobody could
// be mapped; -1 with errno set if there is no new namespace.
int binfmt_unshare_user_mapped(int with_mounts);

// A program to be started: posix_spawn(3) knows no chroot(2).
struct binfmt_spawn_how {
    const char *path;
    char *const *arguments;
    // A folder to be its root, or -1.
    int root;
    int input, output, errors;
};

// How far it came: what fails before the execve(2) says nothing of the program.
enum binfmt_spawn_step { BINFMT_SPAWN_PREPARE, BINFMT_SPAWN_EXECUTE };

// Starts it in a process group of its own, without an environment, to be killed when this thread ends, and waits until
// it was executed. Returns its id, or -1 with errno set.
pid_t binfmt_spawn(const struct binfmt_spawn_how *how, enum binfmt_spawn_step *step);

// Tries to execute a program, without an environment, and kills it at once. Returns the errno with which the kernel
// refused it; 0 if it did not; -1 if there was no process to try it in. posix_spawn(3) takes twice as long.
int binfmt_refusal(const char *path);
