// SPDX-License-Identifier: Apache-2.0
import SystemPackage

extension FilePath {
    /// Whether this is one of QEMU's emulators, by its name or, in Debian, by its directory's name.
    package var isQemu: Bool { components.contains { $0.string.hasPrefix("qemu-") } }

    /// Whether this is an emulator of Debian's under the name by which it expects the program's argv[0] as an argument of
    /// its own (qemu-user's patch linux-user-binfmt-P.diff).
    var expectsArgv0: Bool {
        withPlatformString {
            UnsafeRawBufferPointer(start: $0, count: length).suffix(9).elementsEqual("-binfmt-P".utf8)
        }
    }
}
