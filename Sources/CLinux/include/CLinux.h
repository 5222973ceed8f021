// SPDX-License-Identifier: Apache-2.0
// What Swift's Glibc module lacks. No _GNU_SOURCE here: it would change what other headers declare.
#pragma once
#include <linux/magic.h>
#include <linux/memfd.h>
#include <malloc.h>
#include <sys/inotify.h>
#include <sys/mount.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

// Of struct statvfs; glibc declares it under _GNU_SOURCE alone.
#define BINFMT_ST_NOEXEC 8UL

// A file in memory that can be executed. glibc declares memfd_create(2) under _GNU_SOURCE alone; the flag came with Linux
// 6.3, where vm.memfd_noexec may ask for it, and is EINVAL before.
static inline int binfmt_executable_memfd(const char *name) {
    const unsigned int may_be_executed = 0x10U; // MFD_EXEC
    int file = (int)syscall(SYS_memfd_create, name, MFD_CLOEXEC | may_be_executed);
    return file >= 0 ? file : (int)syscall(SYS_memfd_create, name, MFD_CLOEXEC);
}
