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
#include <unistd.h>

// memfd_create(2); glibc declares it under _GNU_SOURCE alone.
static inline int binfmt_memfd_create(const char *name, unsigned int flags) {
    return (int)syscall(SYS_memfd_create, name, flags);
}
