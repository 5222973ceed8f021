// SPDX-License-Identifier: Apache-2.0
// exec-storm FILE: executes FILE continuously until its standard input ends, then prints the numbers of execs and of
// failures.
#include <poll.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>

int main(int argc, char **argv) {
    if (argc != 2) return 64;
    char *const child_argv[] = {argv[1], NULL};
    char *const child_env[] = {NULL};
    struct pollfd input = {.fd = 0, .events = POLLIN};
    unsigned long execs = 0, failures = 0;

    // The first line reports that the execs have begun.
    puts("started");
    fflush(stdout);
    while (poll(&input, 1, 0) == 0) {
        pid_t pid;
        int status;
        execs++;
        if (posix_spawn(&pid, argv[1], NULL, NULL, child_argv, child_env) != 0) {
            failures++;
            continue;
        }
        if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status) || WEXITSTATUS(status) != 0) failures++;
    }
    printf("%lu %lu\n", execs, failures);
    return 0;
}
