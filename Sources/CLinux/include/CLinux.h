// SPDX-License-Identifier: Apache-2.0
// Declarations that Swift's Glibc module lacks. This header must not define _GNU_SOURCE, which would change what other
// headers declare.
#pragma once
#include <linux/magic.h>
#include <linux/memfd.h>
#include <linux/openat2.h>
#include <malloc.h>
#include <sys/inotify.h>
#include <sys/mount.h>
#include <sys/signalfd.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

// <fcntl.h> and <sys/statvfs.h> define these only under _GNU_SOURCE; they are part of the kernel's ABI.
enum { BINFMT_O_PATH = 010000000, BINFMT_ST_NOEXEC = 8 };

// Creates an executable file in memory. glibc declares memfd_create(2) only under _GNU_SOURCE. Linux 6.3 introduced the
// flag, which vm.memfd_noexec may require; older kernels return EINVAL.
static inline int binfmt_executable_memfd(const char *name) {
    const unsigned int may_be_executed = 0x10U; // MFD_EXEC
    int file = (int)syscall(SYS_memfd_create, name, MFD_CLOEXEC | may_be_executed);
    return file >= 0 ? file : (int)syscall(SYS_memfd_create, name, MFD_CLOEXEC);
}

// Opens a path as it resolves, links included, below another root (Linux 5.6). glibc has no openat2(2).
static inline int binfmt_open_in_root(int root, const char *path, int flags) {
    struct open_how how = {.flags = (unsigned int)flags, .resolve = RESOLVE_IN_ROOT};
    return (int)syscall(SYS_openat2, root, path, &how, sizeof how);
}

// Opens a descriptor that becomes readable when a process ends (Linux 5.3).
static inline int binfmt_open_process(pid_t process) { return (int)syscall(SYS_pidfd_open, process, 0); }

// Calls unshare(2) with CLONE_NEWUSER, and CLONE_NEWNS if requested. glibc declares it only under _GNU_SOURCE.
int binfmt_unshare_user(int with_mounts);

// Does the same for root, and maps every user and group to itself, which only a process outside the namespace may do.
// Returns 0; 1 if the mapping failed; -1 with errno set if there is no new namespace.
int binfmt_unshare_user_mapped(int with_mounts);

// A program to start. posix_spawn(3) cannot be used because it has no chroot(2).
struct binfmt_spawn_how {
    const char *path;
    char *const *arguments;
    // A directory to become its root, or -1.
    int root;
    int input, output, errors;
};

// The last step reached: a failure before execve(2) is not the program's.
enum binfmt_spawn_step { BINFMT_SPAWN_PREPARE, BINFMT_SPAWN_EXECUTE };

// Starts a program in a new process group, with an empty environment, so that it is killed when this thread ends, and
// waits until it has been executed. Returns its process ID, or -1 with errno set.
pid_t binfmt_spawn(const struct binfmt_spawn_how *how, enum binfmt_spawn_step *step);

// Tries to execute a program, with an empty environment, and kills it at once. Returns the errno with which the kernel
// refused it; 0 if it did not; -1 if no process could be created. posix_spawn(3) takes twice as long.
int binfmt_refusal(const char *path);

// The ELF header of the running program, as it is in memory: 64 bytes, or 52 of a 32-bit program.
const void *binfmt_own_header(void);

// What the instruction CPUID reports for a leaf, in EBX and ECX. All zero if the processor does not have this leaf, or is
// no x86-64.
struct binfmt_cpuid {
    unsigned int b, c;
};
struct binfmt_cpuid binfmt_cpuid(unsigned int leaf);

// The low half of XCR0: the registers that the kernel saves. May be called only if CPUID reports OSXSAVE. 0 if the
// processor is no x86-64.
unsigned int binfmt_saved_registers(void);
