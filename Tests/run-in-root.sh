# SPDX-License-Identifier: Apache-2.0
# For scripts that compare what programs do in a root of their own.

# run COMMAND [ARGUMENT...]: runs it in $root, and prints what it prints and how it ends.
run() {
    local status=0
    echo "$ $*"
    chroot "$root" "$@" 2>&1 || status=$?
    [ $status = 0 ] || echo "exit status $status"
}
export -f run
