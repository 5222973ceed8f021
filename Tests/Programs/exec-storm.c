// SPDX-License-Identifier: Apache-2.0
// exec-storm FILE CLASS [FILE CLASS]...: executes the files in turn until its standard input ends. Each must exit with a
// status from 16 * CLASS to 16 * CLASS + 15, as the interpreters of its class do. Prints each miss at once: the index of
// the file, the times before and after in ns (CLOCK_MONOTONIC), and the status, or minus the errno of an exec that failed.
// Prints at last the number of execs.
#include <poll.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>

static long long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static int run(char *file) {
    char *const child_argv[] = {file, NULL};
    char *const child_env[] = {NULL};
    pid_t pid;
    int status;
    int error = posix_spawn(&pid, file, NULL, NULL, child_argv, child_env);
    if (error) return -error;
    return waitpid(pid, &status, 0) == pid && WIFEXITED(status) ? WEXITSTATUS(status) : 256;
}

int main(int argc, char **argv) {
    if (argc < 3 || argc % 2 == 0) return 64;
    struct pollfd input = {.fd = 0, .events = POLLIN};
    unsigned long execs = 0;
    int files = argc / 2;

    // The first line reports that the execs have begun.
    puts("started");
    fflush(stdout);
    while (poll(&input, 1, 0) == 0) {
        int index = execs++ % files;
        long long before = now();
        int status = run(argv[1 + 2 * index]);
        if (status >= 0 && status / 16 == atoi(argv[2 + 2 * index])) continue;
        printf("%d %lld %lld %d\n", index, before, now(), status);
        fflush(stdout);
    }
    printf("%lu\n", execs);
    return 0;
}
