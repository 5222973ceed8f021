// SPDX-License-Identifier: Apache-2.0

/// The package that has QEMU's emulators.
enum QemuPackage {
    static let advice =
        "apt install qemu-user-static (Debian, Ubuntu), dnf install qemu-user-static (Fedora), "
        + "pacman -S qemu-user-static (Arch)"
}
