#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# boot-qemu.sh RESULTS PREPARE
# Like boot-nspawn.sh, but in a virtual machine, with ROOT's own /boot/vmlinuz and a systemd that is not in a container:
# it loads the module and sets up the automount as on any host. For systems that need another kernel than this
# machine's; it takes ten times as long. Leaves no journal/. Its environment may also have:
# MACHINE: the architecture of ROOT, amd64 or arm64; amd64 by default
# CPU: the processor that QEMU emulates
# CPUS: how many of them; 1 by default
# MEMORY: instead of 1G, or of arm64's 2G
set -eu -o pipefail
here=$(dirname "$(realpath "$0")")
results=$(realpath "$1") prepare=$(realpath "$2")
seconds=${BOOT_TIMEOUT:-240}

inside() {
    set -eu -o pipefail
    local qemu console output
    case ${MACHINE:-amd64} in
    amd64)
        qemu=(qemu-system-x86_64 -cpu "${CPU:-max}" -m "${MEMORY:-1G}" -serial file:"$results/console" -serial file:/run/results.tar)
        console=ttyS0 output=ttyS1
        ;;
    arm64)
        # The machine has one serial port; another is a PCI card. This way to sign pointers is cheap to emulate.
        qemu=(qemu-system-aarch64 -machine virt,gic-version=3 -cpu "${CPU:-max,pauth-impdef=on}" -m "${MEMORY:-2G}"
            -serial file:"$results/console" -chardev file,id=results,path=/run/results.tar -device pci-serial,chardev=results)
        console=ttyAMA0 output=ttyS0
        ;;
    esac
    finally='/bin/bash -c "stty raw -F /dev/'$output' && tar -cf /dev/'$output' -C /results output status"'
    . "$here/layer.sh"

    # The whole system is the initial file system, in the kernel's own format, so that no disk and no driver are needed.
    cp "$results"/*.sh "$root/results"
    mv "$root/boot/vmlinuz" /run/vmlinuz
    ln -s usr/lib/systemd/systemd "$root/init"
    (cd "$root" && find . -print0 | cpio --null --create --format=newc --quiet) >/run/initrd

    # No unit may wait for a device: without udev systemd learns of none, and it would wait for the terminal's.
    timeout -s KILL "$seconds" "${qemu[@]}" -smp "${CPUS:-1}" -accel tcg -nodefaults -no-user-config -display none -no-reboot \
        -kernel /run/vmlinuz -initrd /run/initrd \
        -append "console=$console quiet panic=-1 systemd.firstboot=no systemd.getty_auto=no \
systemd.condition-needs-update=no systemd.wants=test-script.service" </dev/null >>"$results/console" 2>&1
    tar -xf /run/results.tar -C "$results"
}

export here results prepare seconds
export -f inside
status=0
# A signal that kills this script also kills unshare, which kills its child, the init of everything below it.
setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child --mount-proc bash -c inside || status=$?
[ $status != 137 ] || echo "The boot did not end within $seconds s" >&2
exit $status
