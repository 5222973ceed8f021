// SPDX-License-Identifier: Apache-2.0
// An interpreter that prints the path under which it was called: argv[0], unless the flag P is set.
#include <stdio.h>

int main(int argc, char **argv) {
    (void)argc;
    return puts(argv[0]) == EOF;
}
