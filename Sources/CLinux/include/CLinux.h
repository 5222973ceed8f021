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
