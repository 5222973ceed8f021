// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc
import SystemPackage

extension Execution.World {
    /// What this host's kernel would find.
    ///
    /// - Parameters:
    ///   - registry: its table; nil where there is none.
    ///   - chroot: where it is executed, if not in this process's root.
    /// - Throws: the errno of opening that, or of reading this program's own header.
    package static func host(_ registry: ObservedState?, chroot: FilePath?) throws(Errno) -> Execution.World {
        let probe = try NativeProbe()
        let own = ProgramFiles()
        var files = own
        if let chroot { files = try ProgramFiles(root: chroot) }
        return Execution.World(
            registry: registry, isNative: probe.isNative, lookUp: files.lookUp, lookUpHeld: own.lookUp,
            emulatorPrefix: getenv("QEMU_LD_PREFIX").map { FilePath(platformString: $0) })
    }
}
