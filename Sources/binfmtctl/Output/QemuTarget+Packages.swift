// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

extension QemuTarget {
    /// The commands that install QEMU's emulators.
    static let installAdvice =
        "apt install qemu-user-static (Debian, Ubuntu), dnf install qemu-user-static (Fedora), "
        + "pacman -S qemu-user-static (Arch)"
}
