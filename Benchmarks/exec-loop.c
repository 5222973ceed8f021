// SPDX-License-Identifier: Apache-2.0
// exec-loop FILE COUNT: executes FILE so often, and prints how long one took, in microseconds.
#define _GNU_SOURCE
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>

int main(int argc, char **argv) {
    int count = argc == 3 ? atoi(argv[2]) : 0;
    char *arguments[] = {argv[1], NULL};
    char *environment[] = {NULL};
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (int i = 0; i < count; i++) {
        pid_t child;
        int status;
        if (posix_spawn(&child, arguments[0], NULL, NULL, arguments, environment) != 0) return 1;
        if (waitpid(child, &status, 0) != child || status != 0) return 1;
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    double time = (end.tv_sec - start.tv_sec) * 1e6 + (end.tv_nsec - start.tv_nsec) / 1e3;
    printf("%.2f\n", count > 0 ? time / count : 0);
    return count > 0 ? 0 : 1;
}
