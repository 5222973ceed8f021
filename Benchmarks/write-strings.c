// SPDX-License-Identifier: Apache-2.0
// write-strings FILE: writes each line of FILE to `register`, one write(2) each: no program can register them in less.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv) {
    FILE *strings = argc == 2 ? fopen(argv[1], "r") : NULL;
    int target = open("/proc/sys/fs/binfmt_misc/register", O_WRONLY | O_CLOEXEC);
    if (!strings || target < 0) {
        perror("write-strings");
        return 1;
    }
    char *line = NULL;
    size_t size = 0;
    ssize_t length;
    while ((length = getline(&line, &size, strings)) > 0) {
        if (write(target, line, (size_t)length) != length) {
            perror(line);
            return 1;
        }
    }
    return 0;
}
