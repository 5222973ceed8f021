// SPDX-License-Identifier: Apache-2.0
import SystemPackage

extension FilePath {
    /// Whether this is one of QEMU's emulators, by its name or, in Debian, by its directory's name.
    package var isQemu: Bool { components.contains { $0.string.hasPrefix("qemu-") } }
}
